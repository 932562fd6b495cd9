package io.kiroku.query.dashboard;

import com.google.protobuf.Duration;
import io.kiroku.projection.engine.Lag;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.proto.query.v1.ProjectionLag;
import io.kiroku.proto.query.v1.StatusCount;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Figures as the contract shows them.
public final class Figures {
  private Figures() {}

  public static List<StatusCount> counts(Map<String, Long> byStatus) {
    return byStatus.entrySet().stream()
        .map(entry ->
            StatusCount.newBuilder().setStatus(entry.getKey()).setCount(entry.getValue()).build())
        .toList();
  }

  public static ProjectionLag lag(ProjectionRunner runner, Instant now) {
    ProjectionLag.Builder message =
        ProjectionLag.newBuilder()
            .setName(runner.projection().name())
            .setParkedStreams(runner.status().parked().size());
    Lag lag = runner.status().lag();
    if (lag != null) {
      java.time.Duration age = lag.age(now);
      message
          .setEventsBehind(lag.events())
          .setBehind(Duration.newBuilder().setSeconds(age.getSeconds()).setNanos(age.getNano()));
    }
    return message.build();
  }
}
