package io.kiroku.bench.node;

import io.kiroku.bench.Samples;

/// How fast something went.
///
/// @param perSecond calls answered, over all clients
/// @param samples how long each took
record Rate(double perSecond, Samples samples) {

  static Rate since(long beginNanos, Samples samples) {
    return new Rate(samples.count() / ((System.nanoTime() - beginNanos) / 1e9), samples);
  }

  /// Of two measurements of the same length.
  Rate and(Rate other) {
    return new Rate((perSecond + other.perSecond) / 2, samples.and(other.samples));
  }

  double millisAt(double share) {
    return samples.millisAt(share);
  }
}
