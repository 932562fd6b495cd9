package io.kiroku.eventstore.node.grpc;

import com.google.protobuf.Timestamp;
import io.kiroku.eventstore.node.log.LogStorage.StorageUnavailable;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp.CaughtUp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp.Position;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp.SubscriptionConfirmation;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// What both kinds of catch-up subscription do alike.
final class Live {
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private Live() {}

  private static ReadResp confirmation() {
    return ReadResp.newBuilder()
        .setConfirmation(
            SubscriptionConfirmation.newBuilder().setSubscriptionId(UUID.randomUUID().toString()))
        .build();
  }

  static ReadResp caughtUpWithStream(long revision) {
    CaughtUp.Builder caughtUp = CaughtUp.newBuilder().setTimestamp(now());
    if (revision >= 0) {
      caughtUp.setStreamRevision(revision);
    }
    return ReadResp.newBuilder().setCaughtUp(caughtUp).build();
  }

  static ReadResp caughtUpWithAll(long position) {
    CaughtUp.Builder caughtUp = CaughtUp.newBuilder().setTimestamp(now());
    if (position >= 0) {
      caughtUp.setPosition(
          Position.newBuilder().setCommitPosition(position).setPreparePosition(position));
    }
    return ReadResp.newBuilder().setCaughtUp(caughtUp).build();
  }

  static Timestamp now() {
    Instant now = Clock.systemUTC().instant();
    return Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
  }

  /// Goes on step by step until one of them says that the client is gone. A step that finds the
  /// storage away is taken again later, from where it got to: a subscription outlives that.
  static void run(Sink sink, BooleanSupplier step) {
    boolean open = sink.send(confirmation());
    while (open) {
      try {
        open = step.getAsBoolean();
      } catch (StorageUnavailable _) {
        sink.waker().await(RETRY_NANOS);
        open = sink.open();
      }
    }
  }
}
