package io.kiroku.command.backlog;

import java.time.Duration;
import java.util.ArrayDeque;

/// Tells from samples of the log's end how long ago a consumer's checkpoint was the end. For one
/// thread.
final class Lag {
  private static final int SAMPLES_MOST = 1_200;

  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long head) {}

  void sample(long nanos, long head) {
    Sample last = samples.peekLast();
    if (last == null || last.head() != head) {
      samples.addLast(new Sample(nanos, head));
    }
    if (samples.size() > SAMPLES_MOST) {
      samples.removeFirst();
    }
  }

  /// Zero if the consumer is at the end; at least the time since the first sample it has not
  /// reached.
  Duration behind(long checkpoint, long nowNanos) {
    for (Sample sample : samples) {
      if (sample.head() > checkpoint) {
        return Duration.ofNanos(nowNanos - sample.nanos());
      }
    }
    return Duration.ZERO;
  }

  /// Forgets what every consumer has passed.
  void forgetUpTo(long checkpoint) {
    while (samples.size() > 1 && samples.getFirst().head() <= checkpoint) {
      samples.removeFirst();
    }
  }
}
