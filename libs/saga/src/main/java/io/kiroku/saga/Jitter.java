package io.kiroku.saga;

/// Numbers that look like chance and are none.
final class Jitter {
  private Jitter() {}

  /// At least 0 and less than 1, evenly spread over sagas, steps and attempts.
  static double share(String sagaId, String step, int attempt) {
    long hash = attempt;
    hash = hashed(hash, sagaId);
    hash = hashed(hash, step);
    return (mixed(hash) >>> 11) * 0x1.0p-53; // the bits that a double has room for
  }

  private static long hashed(long hash, String text) {
    long result = mixed(hash);
    for (int i = 0; i < text.length(); i++) {
      result = 31 * result + text.charAt(i);
    }
    return result;
  }

  /// The finalizer of SplitMix64, see <https://prng.di.unimi.it/splitmix64.c>.
  private static long mixed(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
