package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs the work on one stream one after the other, that on different streams at the same time:
/// commands of one process never conflict with each other.
final class StreamQueues {
  private final ConcurrentHashMap<StreamId, Deque<Task<?>>> waiting = new ConcurrentHashMap<>();
  private final int queuedMax;
  private final long waitNanosMax;

  StreamQueues(HandlerLimits limits) {
    this.queuedMax = limits.queuedPerStreamMax();
    this.waitNanosMax = limits.queuedMax().toNanos();
  }

  /// Work that has begun goes on to its end whether or not anybody still waits for it; work that
  /// nobody waits for any more is not begun.
  <T> Uni<T> enqueue(StreamId stream, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .emitter(emitter -> {
          Task<T> task = new Task<>(stream, work, emitter);
          emitter.onTermination(() -> task.abandoned = true);
          if (place(task)) {
            run(task);
          }
        });
  }

  /// Whether the task is the first of its stream and has to be run by the caller.
  private boolean place(Task<?> task) {
    // The head is the task that runs.
    waiting.compute(
        task.stream,
        (_, queue) -> {
          Deque<Task<?>> tasks = queue == null ? new ArrayDeque<>(2) : queue;
          if (tasks.size() <= queuedMax) {
            task.placed = true;
            task.first = tasks.isEmpty();
            tasks.add(task);
          }
          return tasks;
        });
    if (!task.placed) {
      task.emitter.fail(
          new EventStoreUnavailable("Too many commands wait for " + task.stream, null));
    }
    return task.first;
  }

  private @Nullable Task<?> nextAfter(Task<?> done) {
    Deque<Task<?>> rest =
        waiting.computeIfPresent(
            done.stream,
            (_, tasks) -> {
              tasks.poll();
              done.next = tasks.peek();
              return tasks.isEmpty() ? null : tasks;
            });
    return rest == null ? null : done.next;
  }

  /// A loop and no recursion: thousands of tasks may complete on the spot.
  private void run(Task<?> first) {
    Task<?> task = first;
    while (task != null && task.isDoneOnTheSpot()) {
      task = nextAfter(task);
    }
  }

  private final class Task<T> {
    private final StreamId stream;
    private final Supplier<Uni<T>> work;
    private final UniEmitter<? super T> emitter;
    private final long queuedAtNanos = System.nanoTime();

    /// Whoever comes second, the thread that began the work or the one that ended it, goes on.
    private final AtomicBoolean handedOver = new AtomicBoolean();

    private volatile boolean abandoned;
    private boolean placed;
    private boolean first;
    private @Nullable Task<?> next;

    Task(StreamId stream, Supplier<Uni<T>> work, UniEmitter<? super T> emitter) {
      this.stream = stream;
      this.work = work;
      this.emitter = emitter;
    }

    boolean isDoneOnTheSpot() {
      if (abandoned) {
        return true;
      }
      if (System.nanoTime() - queuedAtNanos > waitNanosMax) {
        emitter.fail(new EventStoreUnavailable("Waited too long for " + stream, null));
        return true;
      }
      Uni.createFrom()
          .deferred(() -> work.get())
          .subscribe()
          .with(
              item -> end(() -> emitter.complete(item)),
              failure -> end(() -> emitter.fail(failure)));
      return handedOver.getAndSet(true);
    }

    private void end(Runnable emission) {
      if (handedOver.getAndSet(true)) {
        // The next one's I/O starts before this one's caller goes on.
        Task<?> following = nextAfter(this);
        if (following != null) {
          run(following);
        }
      }
      emission.run();
    }
  }
}
