package io.kiroku.eventstore.node.log;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Lets one thread wait until something happened since it last looked. Waking is cheap and never
/// blocks, so that the log's writer can do it.
public final class Waker {
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile @Nullable Thread waiting;

  public void wake() {
    if (!woken.getAndSet(true)) {
      LockSupport.unpark(waiting);
    }
  }

  public void await() {
    waiting = Thread.currentThread();
    while (!woken.getAndSet(false)) {
      LockSupport.park(this);
    }
  }

  /// Returns after that time at the latest.
  public void await(long nanos) {
    waiting = Thread.currentThread();
    long until = System.nanoTime() + nanos;
    while (!woken.getAndSet(false)) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        return;
      }
      LockSupport.parkNanos(this, left);
    }
  }
}
