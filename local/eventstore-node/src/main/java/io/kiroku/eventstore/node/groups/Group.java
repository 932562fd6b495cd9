package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.groups.GroupRefused.Kind;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.Links;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.LogStorage.StorageUnavailable;
import io.kiroku.eventstore.node.log.Streams;
import io.kiroku.eventstore.node.log.Waker;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// One persistent subscription at work: a virtual thread reads ahead into the [Delivery], consumers
/// take from it, and how far all is done is written down now and then.
///
/// The reader blocks on the storage outside of the delivery's lock, so that acknowledgements never
/// wait for it.
public final class Group {
  private static final System.Logger LOG = System.getLogger(Group.class.getName());
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int READ_MAX = 500;

  private final GroupId id;
  private final GroupSettings settings;
  private final EventLog log;
  private final GroupSource source;
  private final GroupWrites writes;
  private final Waker waker = new Waker();
  private final Delivery delivery;
  private volatile boolean closed;
  private volatile boolean replaying;

  Group(EventLog log, GroupId id, GroupSettings settings) {
    this.log = log;
    this.id = id;
    this.settings = settings;
    source = GroupSource.of(log, id, settings);
    writes = new GroupWrites(log, id, source);
    delivery = new Delivery(settings, Dispatch.named(settings.strategy(), id), writes, waker::wake);
  }

  /// Continues after the checkpoint, or begins where the settings say. May block.
  Group start() {
    long checkpoint = writes.checkpoint();
    long next =
        checkpoint >= 0
            ? checkpoint + 1
            : settings.start() == GroupSettings.END ? source.end() : settings.start();
    delivery.startAt(next, checkpoint);
    Thread.ofVirtual().name("group " + id).start(this::run);
    return this;
  }

  private void run() {
    try (AutoCloseable _ = source.onRecords(waker::wake)) {
      long ticked = System.nanoTime();
      while (!closed) {
        if (!readAhead()) {
          waker.await(TICK_NANOS);
        }
        if (System.nanoTime() - ticked >= TICK_NANOS) {
          ticked = System.nanoTime();
          delivery.tick();
        }
      }
    } catch (Exception e) {
      LOG.log(System.Logger.Level.ERROR, "Group " + id + " stopped", e);
      drop();
    }
  }

  private boolean readAhead() {
    int room = Math.min(delivery.room(), READ_MAX);
    long next = delivery.next();
    try {
      if (room <= 0 || next >= source.end()) {
        return false;
      }
      List<LogRecord> page = source.read(next, room);
      List<Message> messages = new ArrayList<>();
      int skipped = 0;
      for (LogRecord record : page) {
        if (source.wanted(record)) {
          messages.add(message(record));
        } else if (!Streams.hiddenInAll(record.stream())) {
          skipped++;
        }
      }
      if (!page.isEmpty()) {
        delivery.offer(messages, skipped, source.place(page.getLast()) + 1);
      }
      return !page.isEmpty();
    } catch (StorageUnavailable _) {
      return false; // tried again with the next record or tick
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "Group " + id + " could not read at " + next, e);
      return false;
    }
  }

  private Message message(LogRecord record) {
    LogRecord target =
        settings.resolveLinks() && Links.isLink(record) ? Links.target(log, record) : null;
    return new Message(record, target, source.place(record));
  }

  /// Fails with [GroupRefused] if the group has all the consumers it may have.
  public void connect(GroupConsumer consumer) {
    if (!delivery.connect(consumer)) {
      throw new GroupRefused(Kind.FULL, id, "Maximum subscriptions reached");
    }
  }

  /// To be called when a consumer takes messages again.
  public void pushOn() {
    delivery.pushOn();
  }

  public void disconnect(GroupConsumer consumer) {
    delivery.disconnect(consumer);
  }

  public void acknowledge(GroupConsumer consumer, List<UUID> ids) {
    delivery.acknowledge(consumer, ids);
  }

  /// Hands messages back.
  public void refuse(GroupConsumer consumer, List<UUID> ids, Refusal refusal, String reason) {
    delivery.refuse(consumer, ids, refusal, reason);
  }

  /// What is to become of messages that a consumer refuses.
  public enum Refusal {
    RETRY,
    PARK,
    SKIP
  }

  /// Delivers parked messages again, up to (not including) that revision of the parked stream. They
  /// stay parked until all of them are done with, so that a crash does not lose them. May block.
  public void replayParked(long stopAt) {
    if (replaying) {
      return;
    }
    replaying = true;
    String parked = id.parkedStream();
    long last = log.lastRevision(parked);
    long end = last < 0 ? 0 : Math.min(stopAt, last + 1);
    List<Message> messages = new ArrayList<>();
    for (long at = last < 0 ? 0 : writes.firstParked(last); at < end; ) {
      for (LogRecord link : log.readStream(parked, at, (int) Math.min(READ_MAX, end - at))) {
        LogRecord target = Links.target(log, link);
        if (target != null) {
          messages.add(new Message(link, target, Message.REPLAYED));
        }
        at = link.revision() + 1;
      }
    }
    if (end == 0) {
      replaying = false;
      return;
    }
    delivery.replay(messages, () -> writes.truncateParked(end, _ -> replaying = false));
  }

  public GroupId id() {
    return id;
  }

  public GroupSettings settings() {
    return settings;
  }

  /// May block.
  public GroupState state() {
    String start = settings.start() == GroupSettings.END ? endText() : startText();
    return delivery.state(source, start, source.end(), replaying, writes.parkedCount());
  }

  private String endText() {
    return id.ofAll() ? "C:-1/P:-1" : "-1";
  }

  private String startText() {
    return id.ofAll()
        ? "C:%d/P:%d".formatted(settings.start(), settings.startPrepare())
        : Long.toString(settings.start());
  }

  /// Ends the group here, and tells its consumers so.
  void drop() {
    stop();
    delivery.end().forEach(consumer -> consumer.output().dropped());
  }

  /// Ends the group because the node ends; what is done is written down.
  void close() {
    stop();
    delivery.checkpointNow();
    delivery.end().forEach(consumer -> consumer.output().closed());
  }

  private void stop() {
    closed = true;
    waker.wake();
  }

  void forget() {
    writes.delete();
  }
}
