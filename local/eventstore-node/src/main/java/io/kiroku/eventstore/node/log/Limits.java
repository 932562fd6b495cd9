package io.kiroku.eventstore.node.log;

/// How much memory the log may take.
///
/// @param recentRecordsMax latest records kept by position, a power of two
/// @param recentBytesMax bytes of those
/// @param streamBytesMax bytes of the tails of the streams used last
/// @param queuedBytesMax bytes of appends that wait for the writer; more are refused
public record Limits(
    int recentRecordsMax, long recentBytesMax, long streamBytesMax, long queuedBytesMax) {
  private static final long MIB = 1 << 20;

  public static final Limits DEFAULT = new Limits(1 << 15, 48 * MIB, 32 * MIB, 64 * MIB);
}
