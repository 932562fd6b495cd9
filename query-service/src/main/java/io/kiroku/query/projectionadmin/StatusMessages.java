package io.kiroku.query.projectionadmin;

import com.google.protobuf.Duration;
import io.kiroku.projection.engine.Gap;
import io.kiroku.projection.engine.Lag;
import io.kiroku.projection.engine.ParkedStream;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.ProjectionState;
import io.kiroku.proto.projection.v1.ProjectionStatus;
import io.kiroku.proto.projection.v1.RevisionGap;
import java.time.Instant;

/// Where a projection stands, as the contract says it.
public final class StatusMessages {
  private StatusMessages() {}

  public static ProjectionStatus message(ProjectionRunner runner, Instant now) {
    var status = runner.status();
    ProjectionStatus.Builder message =
        ProjectionStatus.newBuilder()
            .setName(runner.projection().name())
            .setId(runner.projection().id())
            .setWatermark(status.watermark())
            .setLastAppliedPosition(status.counters().lastAppliedPosition())
            .setHeadPosition(-1)
            .setGapsFilled(status.counters().gapFilled())
            .setParkedStreams(status.parked().size())
            .setDeadStreams(status.parked().stream().filter(ParkedStream::dead).count());
    tell(message, status.state());
    Gap gap = status.counters().lastGap();
    if (gap != null) {
      message.setLastGap(message(gap));
    }
    Lag lag = status.lag();
    return lag == null ? message.build() : tell(message, lag, now).build();
  }

  private static RevisionGap message(Gap gap) {
    return RevisionGap.newBuilder()
        .setStream(gap.stream().value())
        .setFromRevision(gap.from())
        .setThroughRevision(gap.through())
        .build();
  }

  private static void tell(ProjectionStatus.Builder message, ProjectionState state) {
    switch (state) {
      case ProjectionState.Starting _ -> message.setState("STARTING");
      case ProjectionState.CatchingUp _ -> message.setState("CATCHING_UP");
      case ProjectionState.Following _ -> message.setState("FOLLOWING");
      case ProjectionState.Waiting(var reason) -> message.setState("WAITING").setReason(reason);
      case ProjectionState.Stopped(var reason) -> message.setState("STOPPED").setReason(reason);
    }
  }

  private static ProjectionStatus.Builder tell(
      ProjectionStatus.Builder message, Lag lag, Instant now) {
    java.time.Duration age = lag.age(now);
    return message
        .setHeadPosition(lag.head())
        .setEventsBehind(lag.events())
        .setEventsBehindEstimated(!lag.exact())
        .setBehind(
            Duration.newBuilder().setSeconds(age.getSeconds()).setNanos(age.getNano()).build());
  }
}
