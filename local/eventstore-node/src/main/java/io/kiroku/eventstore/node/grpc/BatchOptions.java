package io.kiroku.eventstore.node.grpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.kiroku.eventstore.node.log.Streams;
import io.kiroku.eventstore.node.log.Write;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendReq.Options;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// What the options of a batched append ask for.
final class BatchOptions {
  /// No append waits longer for its answer: the write timeout of EventStoreDB.
  private static final long TIMEOUT_SECONDS_MAX = 2;

  private BatchOptions() {}

  /// Fails with a gRPC status if there is none, or if it is out of range.
  static long expected(Options options) {
    return switch (options.getExpectedStreamPositionCase()) {
      case STREAM_POSITION -> Wire.expected(options.getStreamPosition());
      case NO_STREAM -> Streams.NONE;
      case STREAM_EXISTS -> Write.EXISTS;
      case ANY -> Write.ANY;
      case EXPECTEDSTREAMPOSITION_NOT_SET -> throw Errors.noExpectedRevision();
    };
  }

  /// How long the client waits; 0 or less if it does not (any more).
  static long timeoutNanos(Options options) {
    return switch (options.getDeadlineOptionCase()) {
      case DEADLINE -> nanos(options.getDeadline());
      case DEADLINE_21_10_0 -> nanos(options.getDeadline21100());
      case DEADLINEOPTION_NOT_SET -> nanos(TIMEOUT_SECONDS_MAX, 0);
    };
  }

  private static long nanos(Duration left) {
    return nanos(left.getSeconds(), left.getNanos());
  }

  private static long nanos(Timestamp end) {
    Instant now = Clock.systemUTC().instant();
    long seconds = Math.max(end.getSeconds(), 0) - now.getEpochSecond();
    return nanos(seconds, (long) end.getNanos() - now.getNano());
  }

  private static long nanos(long seconds, long nanos) {
    long bounded = Math.clamp(seconds, -TIMEOUT_SECONDS_MAX, TIMEOUT_SECONDS_MAX + 1);
    return Math.min(
        TimeUnit.SECONDS.toNanos(bounded) + nanos, TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS_MAX));
  }
}
