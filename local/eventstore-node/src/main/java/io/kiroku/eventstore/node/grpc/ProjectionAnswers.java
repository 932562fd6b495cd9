package io.kiroku.eventstore.node.grpc;

import io.kiroku.eventstore.node.projections.Projections;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.StatisticsResp;
import io.kiroku.eventstore.node.proto.projections.Projectionmanagement.StatisticsResp.Details;

/// What clients are told of a system projection, in EventStoreDB's words.
final class ProjectionAnswers {
  private ProjectionAnswers() {}

  static StatisticsResp statistics(Projections.Status status) {
    String name = status.projection().title();
    long last = status.progress().next() - 1;
    String position = "C:%d/P:%d".formatted(last, last);
    return StatisticsResp.newBuilder()
        .setDetails(
            Details.newBuilder()
                .setName(name)
                .setEffectiveName(name)
                .setMode("Continuous")
                .setStatus(status.progress().enabled() ? "Running" : "Stopped")
                .setPosition(position)
                .setLastCheckpoint(position)
                .setProgress(100f * (last + 1) / Math.max(1, status.end()))
                .setEventsProcessedAfterRestart(status.seen())
                .setBufferedEvents(0))
        .build();
  }
}
