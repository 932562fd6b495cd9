package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.log.LogStorage.StorageUnavailable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Work of a group that is tried again after a failure, but less and less often, for some failures
/// stay. The log hears of it when it begins, changes and ends. It belongs to the group's thread,
/// except [#failing].
final class Attempts {
  private static final System.Logger LOG = System.getLogger(Attempts.class.getName());
  private static final long WAIT_NANOS_FIRST = TimeUnit.SECONDS.toNanos(1);
  private static final long WAIT_NANOS_MAX = TimeUnit.MINUTES.toNanos(1);

  private final String work;
  private final LongSupplier nanoClock;
  private volatile @Nullable String failure;
  private long failedNanos;
  private long waitNanos;

  /// @param work as the log is to call it
  Attempts(String work, LongSupplier nanoClock) {
    this.work = work;
    this.nanoClock = nanoClock;
  }

  /// Whether the latest attempt failed by something else than the storage being away.
  boolean failing() {
    return failure != null;
  }

  /// Returns what the attempt does, true if it got on; false if it failed or is not due yet. A
  /// storage that is away is no failure of the work: nothing is waited for but the next call.
  boolean attempt(BooleanSupplier attempt) {
    if (failing() && nanoClock.getAsLong() - failedNanos < waitNanos) {
      return false;
    }
    try {
      boolean gotOn = attempt.getAsBoolean();
      if (gotOn) {
        succeeded();
      }
      return gotOn;
    } catch (StorageUnavailable _) {
      return false;
    } catch (RuntimeException e) {
      failed(e);
      return false;
    }
  }

  private void succeeded() {
    if (failing()) {
      LOG.log(System.Logger.Level.INFO, work + " works again");
      failure = null;
    }
  }

  private void failed(RuntimeException e) {
    String before = failure;
    String now = e.toString();
    if (!now.equals(before)) {
      LOG.log(System.Logger.Level.ERROR, work + " fails, and is tried again now and then", e);
    }
    waitNanos = before == null ? WAIT_NANOS_FIRST : Math.min(waitNanos * 2, WAIT_NANOS_MAX);
    failure = now;
    failedNanos = nanoClock.getAsLong();
  }
}
