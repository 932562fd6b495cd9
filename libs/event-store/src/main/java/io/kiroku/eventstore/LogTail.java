package io.kiroku.eventstore;

import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventLog.LogCursor;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The newest events of the log, which one subscription brings for all members. It never waits for
/// them: who is too far behind finds that his place is not kept any more.
final class LogTail {
  private static final int PUMPED_MOST = 512;

  private final EventLog log;
  private final int recentMin;
  private final Uni<LogTail> started;
  private final List<RecordedEvent> recent = new ArrayList<>();
  private final List<Waiter> waiters = new ArrayList<>();
  // Everything behind it, up to `seen`, is in `recent`.
  private long from;
  private long seen;
  private int members = 1;
  private @Nullable Throwable ended;
  private @Nullable LogCursor cursor;
  private @Nullable Cancellable pump;

  private record Waiter(
      long position,
      Set<String> prefixes,
      int most,
      UniEmitter<? super @Nullable LogBatch> emitter) {}

  /// With one member.
  ///
  /// @param recentMin events that are kept at least; twice as many at most
  LogTail(EventLog log, int recentMin) {
    this.log = log;
    this.recentMin = recentMin;
    this.started = log.head().invoke(this::start).replaceWith(this).memoize().indefinitely();
  }

  /// Completes when it follows the log; fails if the log cannot be reached.
  Uni<LogTail> started() {
    return started.onFailure().invoke(this::end);
  }

  private synchronized void start(long head) {
    if (ended == null) {
      from = head;
      seen = head;
      LogCursor opened = log.open(head, Set.of());
      cursor = opened;
      pump =
          Uni.createFrom()
              .deferred(() -> opened.next(PUMPED_MOST))
              .invoke(this::add)
              .repeat()
              .indefinitely()
              .subscribe()
              .with(_ -> {}, this::end);
    }
  }

  /// False if it has ended.
  synchronized boolean join() {
    if (ended != null) {
      return false;
    }
    members++;
    return true;
  }

  void leave() {
    boolean last;
    synchronized (this) {
      last = --members == 0;
    }
    if (last) {
      end(new EventStoreUnavailable("Nobody follows the log any more", null));
    }
  }

  /// Whether everything behind a position is here.
  ///
  /// @param isOfThisLog false if the position may be from another log, which only a subscription of
  ///   its own finds out unless something behind it has been seen
  synchronized boolean keeps(long position, boolean isOfThisLog) {
    return from <= position && (isOfThisLog || position <= seen);
  }

  /// What is wanted of the events behind a position; waits until there are any. Null if they are
  /// not kept any more.
  Uni<@Nullable LogBatch> next(long position, Set<String> prefixes, int most) {
    return Uni.createFrom()
        .<@Nullable LogBatch>emitter(emitter -> {
          var waiter = new Waiter(position, prefixes, most, emitter);
          if (isReadyFor(waiter)) {
            serve(waiter);
          } else {
            emitter.onTermination(() -> forget(waiter));
          }
        });
  }

  /// Otherwise it is served later.
  private synchronized boolean isReadyFor(Waiter waiter) {
    boolean ready = ended != null || seen > waiter.position();
    if (!ready) {
      waiters.add(waiter);
    }
    return ready;
  }

  private synchronized void forget(Waiter waiter) {
    waiters.remove(waiter);
  }

  private void serve(Waiter waiter) {
    LogBatch batch;
    Throwable failure;
    synchronized (this) {
      failure = ended;
      batch = from <= waiter.position() ? batch(waiter) : null;
    }
    if (failure == null) {
      waiter.emitter().complete(batch);
    } else {
      waiter.emitter().fail(failure);
    }
  }

  private LogBatch batch(Waiter waiter) {
    List<RecordedEvent> wanted = new ArrayList<>();
    for (int i = firstBehind(waiter.position()); i < recent.size(); i++) {
      RecordedEvent event = recent.get(i);
      if (isWanted(event, waiter.prefixes())) {
        wanted.add(event);
        if (wanted.size() == waiter.most()) {
          return new LogBatch(wanted, event.position());
        }
      }
    }
    return new LogBatch(wanted, seen);
  }

  private int firstBehind(long position) {
    int low = 0;
    int high = recent.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (recent.get(middle).position() > position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static boolean isWanted(RecordedEvent event, Set<String> prefixes) {
    String stream = event.stream().value();
    return prefixes.isEmpty() || prefixes.stream().anyMatch(stream::startsWith);
  }

  private void add(LogBatch batch) {
    List<Waiter> ready;
    synchronized (this) {
      recent.addAll(batch.events());
      seen = batch.position();
      if (recent.size() > 2 * recentMin) {
        List<RecordedEvent> oldest = recent.subList(0, recent.size() - recentMin);
        from = oldest.getLast().position();
        oldest.clear();
      }
      ready = waiters.stream().filter(waiter -> seen > waiter.position()).toList();
      waiters.removeAll(ready);
    }
    ready.forEach(this::serve);
  }

  /// Members that wait, and all that ask later, are told.
  private void end(Throwable cause) {
    List<Waiter> told;
    synchronized (this) {
      if (ended == null) {
        ended = cause;
      }
      told = List.copyOf(waiters);
      waiters.clear();
      recent.clear();
    }
    told.forEach(this::serve);
    stop();
  }

  private void stop() {
    Cancellable pumping;
    LogCursor opened;
    synchronized (this) {
      pumping = pump;
      opened = cursor;
    }
    if (pumping != null) {
      pumping.cancel();
    }
    if (opened != null) {
      opened.close();
    }
  }
}
