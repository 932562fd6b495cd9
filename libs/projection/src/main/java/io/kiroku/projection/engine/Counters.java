package io.kiroku.projection.engine;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What a projection has done since the program started.
public final class Counters {
  final LongAdder applied = new LongAdder();
  final LongAdder repeated = new LongAdder();
  private final LongAdder gapFilled = new LongAdder();
  final LongAdder overtaken = new LongAdder();
  final LongAdder parked = new LongAdder();
  final LongAdder reconnects = new LongAdder();
  volatile long lastAppliedPosition = -1;
  private volatile @Nullable Gap lastGap;

  void filled(Gap gap) {
    gapFilled.add(gap.through() - gap.from() + 1);
    lastGap = gap;
  }

  public long applied() {
    return applied.sum();
  }

  /// Deliveries of what had been applied before.
  public long repeated() {
    return repeated.sum();
  }

  /// Events fetched from their stream because a later one came first.
  public long gapFilled() {
    return gapFilled.sum();
  }

  /// The last of these gaps; null if there was none.
  public @Nullable Gap lastGap() {
    return lastGap;
  }

  /// Writes that found that another replica had been faster.
  public long overtaken() {
    return overtaken.sum();
  }

  /// How often a stream was parked.
  public long parked() {
    return parked.sum();
  }

  public long reconnects() {
    return reconnects.sum();
  }

  public long lastAppliedPosition() {
    return lastAppliedPosition;
  }
}
