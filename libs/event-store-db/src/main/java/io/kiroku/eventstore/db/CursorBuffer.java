package io.kiroku.eventstore.db;

import io.kiroku.eventstore.EventStoreUnavailable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Between a client that pushes and one reader that asks. Who pushes waits while it is full: the
/// client then stops asking the store for more.
///
/// @param <B> what the reader gets at once
abstract class CursorBuffer<B> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable UniEmitter<? super B> reader;
  private int readerMost;
  private @Nullable Throwable failure;

  /// Called with the lock held, like the two below.
  protected abstract boolean isReady();

  protected abstract boolean isFull();

  protected abstract B take(int most);

  /// Emits on the pushing thread, or at once. To give up waiting is to close the cursor: what was
  /// taken for a reader who left is lost to this cursor.
  Uni<B> next(int most) {
    return Uni.createFrom()
        .emitter(emitter -> {
          lock.lock();
          try {
            if (reader != null) {
              emitter.fail(new IllegalStateException("A cursor has one reader"));
              return;
            }
            reader = emitter;
            readerMost = most;
          } finally {
            lock.unlock();
          }
          emitter.onTermination(() -> leave(emitter));
          serve();
        });
  }

  private void leave(UniEmitter<? super B> emitter) {
    lock.lock();
    try {
      if (emitter.equals(reader)) {
        reader = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Adds something, once there is room for it.
  protected void push(Runnable addition) {
    lock.lock();
    try {
      while (isFull() && failure == null) {
        changed.awaitUninterruptibly();
      }
      if (failure == null) {
        addition.run();
      }
    } finally {
      lock.unlock();
    }
    serve();
  }

  /// What is in the buffer is still handed out, then every further call fails.
  void fail(Throwable cause) {
    lock.lock();
    try {
      if (failure == null) {
        failure = cause;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    serve();
  }

  void close() {
    fail(new EventStoreUnavailable("The cursor is closed", null));
  }

  private void serve() {
    UniEmitter<? super B> served;
    B batch = null;
    Throwable cause;
    lock.lock();
    try {
      served = reader;
      cause = failure;
      if (served == null || (!isReady() && cause == null)) {
        return;
      }
      reader = null;
      if (isReady()) {
        batch = take(readerMost);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (batch != null) {
      served.complete(batch);
    } else if (cause != null) {
      served.fail(cause);
    }
  }
}
