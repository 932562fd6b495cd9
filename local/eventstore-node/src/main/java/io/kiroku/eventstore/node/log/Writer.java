package io.kiroku.eventstore.node.log;

import com.google.protobuf.ByteString;
import io.kiroku.eventstore.node.log.LogRecord.Event;
import io.kiroku.eventstore.node.log.LogStorage.StorageTaken;
import io.kiroku.eventstore.node.log.LogStorage.StorageUnavailable;
import io.kiroku.eventstore.node.log.Write.Append;
import io.kiroku.eventstore.node.log.Write.Outcome;
import io.kiroku.eventstore.node.log.Write.Outcome.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The one thread that writes. It decides whatever is queued, in order, commits it at once, makes
/// it known and answers; what arrives meanwhile is the next group. So one append alone takes one
/// commit, and many together share one.
final class Writer {
  private static final System.Logger LOG = System.getLogger(Writer.class.getName());
  private static final int GROUP_WRITES_MAX = 1024;
  private static final long GROUP_BYTES_MAX = 8 << 20;
  private static final long RETRY_MILLIS = 100;
  private static final long TAKEN_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long CHECK_MILLIS = 1000;

  /// Clients create groups at positions up to 4 on a fresh log (EventStoreDB's own is never empty).
  private static final int BOOTSTRAP_RECORDS = 8;

  private final LogStorage storage;
  private final Views views;
  private final Listeners listeners;
  private final Limits limits;
  private final Consumer<String> onLost;
  private final RecentIds ids;
  private final LinkedBlockingQueue<Queued> queue = new LinkedBlockingQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().name("log-writer").unstarted(this::run);
  private volatile State state = State.STARTING;

  private enum State {
    STARTING,
    READY,
    AWAY,
    CLOSING,
    CLOSED
  }

  private record Queued(Write write, long sizeBytes, Consumer<Outcome> answer) {}

  Writer(
      LogStorage storage,
      Views views,
      Listeners listeners,
      Limits limits,
      Consumer<String> onLost) {
    this.storage = storage;
    this.views = views;
    this.listeners = listeners;
    this.limits = limits;
    this.onLost = onLost;
    ids = new RecentIds(limits.recentRecordsMax());
  }

  void start() {
    views.load(open()).forEach(ids::add);
    if (views.end() == 0) {
      bootstrap();
    }
    state = State.READY;
    thread.start();
  }

  /// Waits a little for a node that was killed: its place is free once its server has noticed.
  private long open() {
    long until = System.nanoTime() + TAKEN_WAIT_NANOS;
    while (true) {
      try {
        return storage.open();
      } catch (StorageTaken e) {
        if (System.nanoTime() - until > 0) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
      }
    }
  }

  private void bootstrap() {
    Batch batch = new Batch(views, ids);
    IntStream.range(0, BOOTSTRAP_RECORDS)
        .forEach(_ ->
            batch.write(
                Streams.BOOTSTRAP,
                new Event(
                    UUID.randomUUID(),
                    "$EpochInformation",
                    true,
                    ByteString.copyFromUtf8("{}"),
                    ByteString.EMPTY)));
    storage.append(batch.records());
    views.publish(batch.records());
  }

  boolean ready() {
    return state == State.READY;
  }

  /// How many appends wait.
  int queued() {
    return queue.size();
  }

  /// Bytes of those.
  long queuedBytes() {
    return queuedBytes.get();
  }

  void submit(Write write, Consumer<Outcome> answer) {
    if (state != State.READY) {
      answer.accept(new Unavailable("Server Is Not Ready"));
      return;
    }
    long size = write.sizeBytes();
    if (queuedBytes.addAndGet(size) > limits.queuedBytesMax()) {
      queuedBytes.addAndGet(-size);
      answer.accept(new Unavailable("Server Is Too Busy"));
      return;
    }
    queue.add(new Queued(write, size, answer));
    if (state == State.CLOSED) {
      refuseQueued("Server Is Shutting Down");
    }
  }

  private void run() {
    List<Queued> group = new ArrayList<>();
    try {
      while (state != State.CLOSING || !queue.isEmpty()) {
        take(group);
        if (group.isEmpty()) {
          checkIdle();
        } else {
          write(group);
        }
        group.clear();
      }
    } catch (InterruptedException _) {
      LOG.log(System.Logger.Level.WARNING, "The writer was interrupted and ends");
    } finally {
      state = State.CLOSED;
      refuseQueued("Server Is Shutting Down");
    }
  }

  private void take(List<Queued> group) throws InterruptedException {
    Queued next = queue.poll(CHECK_MILLIS, TimeUnit.MILLISECONDS);
    long bytes = 0;
    while (next != null) {
      group.add(next);
      bytes += next.sizeBytes();
      next = bytes < GROUP_BYTES_MAX && group.size() < GROUP_WRITES_MAX ? queue.poll() : null;
    }
    queuedBytes.addAndGet(-bytes);
  }

  private void write(List<Queued> group) throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>(group.size());
    Batch batch = new Batch(views, ids);
    try {
      views.loadTails(group.stream().map(queued -> queued.write().stream()).distinct().toList());
      Decisions decisions = new Decisions(batch);
      group.forEach(queued -> outcomes.add(decisions.decide(queued.write())));
      if (!batch.records().isEmpty()) {
        storage.append(batch.records());
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "A group of appends failed", e);
      move(State.READY, State.AWAY);
      group.forEach(queued -> answer(queued, new Unavailable("The storage is away")));
      recover();
      return;
    }
    publish(batch.records());
    for (int i = 0; i < outcomes.size(); i++) {
      answer(group.get(i), outcomes.get(i));
    }
  }

  private void publish(List<LogRecord> records) {
    if (!records.isEmpty()) {
      views.publish(records);
      records.forEach(ids::add);
      listeners.published(records);
    }
  }

  private void checkIdle() throws InterruptedException {
    try {
      storage.check();
    } catch (StorageUnavailable e) {
      LOG.log(System.Logger.Level.WARNING, "The storage went away: " + e.getMessage());
      move(State.READY, State.AWAY);
      recover();
    }
  }

  /// Until the storage is ours again. A commit whose answer was lost may have succeeded: then its
  /// records are in the log, and are made known now.
  private void recover() throws InterruptedException {
    while (state == State.AWAY) {
      refuseQueued("Server Is Not Ready");
      try {
        resume(storage.open());
      } catch (StorageUnavailable | StorageTaken e) {
        LOG.log(System.Logger.Level.DEBUG, "Not back yet: " + e.getMessage());
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  private void resume(long storedEnd) {
    long known = views.end();
    @Nullable LogRecord last = views.recent(known - 1);
    List<LogRecord> stored = storage.read(known - 1, 1);
    if (storedEnd < known || stored.isEmpty() || (last != null && !same(last, stored.getFirst()))) {
      state = State.CLOSING;
      onLost.accept(
          "the storage came back with another log: it ends at %d, but %d was acknowledged"
              .formatted(storedEnd, known));
      return;
    }
    if (storedEnd > known) {
      views.forgetStreams();
    }
    for (long at = known; at < storedEnd; at = views.end()) {
      publish(storage.read(at, (int) Math.min(1000, storedEnd - at)));
    }
    move(State.AWAY, State.READY);
    LOG.log(System.Logger.Level.INFO, "The storage is back, the log ends at " + storedEnd);
  }

  private static boolean same(LogRecord one, LogRecord other) {
    return one.id().equals(other.id()) && one.stream().equals(other.stream());
  }

  /// Closing wins over whatever else happens.
  private synchronized void move(State from, State to) {
    state = state == from ? to : state;
  }

  private void refuseQueued(String reason) {
    for (Queued queued = queue.poll(); queued != null; queued = queue.poll()) {
      queuedBytes.addAndGet(-queued.sizeBytes());
      answer(queued, new Unavailable(reason));
    }
  }

  private static void answer(Queued queued, Outcome outcome) {
    try {
      queued.answer().accept(outcome);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "An answer found nobody", e);
    }
  }

  void close() {
    synchronized (this) {
      state = state == State.CLOSED ? State.CLOSED : State.CLOSING;
    }
    queue.add(new Queued(new Append(Streams.BOOTSTRAP, Write.ANY, List.of()), 0, _ -> {})); // wakes
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    storage.close();
  }
}
