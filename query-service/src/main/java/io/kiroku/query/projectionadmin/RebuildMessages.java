package io.kiroku.query.projectionadmin;

import com.google.protobuf.Duration;
import io.kiroku.projection.rebuild.Builds;
import io.kiroku.projection.rebuild.Comparison;
import io.kiroku.projection.rebuild.Ended;
import io.kiroku.projection.rebuild.Figures;
import io.kiroku.projection.rebuild.Rebuild;
import io.kiroku.proto.projection.v1.BuildComparison;
import io.kiroku.proto.projection.v1.RebuildProgress;
import io.kiroku.query.running.Timestamps;

/// Builds, as the contract says them.
final class RebuildMessages {
  private RebuildMessages() {}

  static io.kiroku.proto.projection.v1.Builds message(Builds builds) {
    var message =
        io.kiroku.proto.projection.v1.Builds.newBuilder()
            .setLive(builds.live())
            .setKept(builds.kept());
    Rebuild next = builds.next();
    if (next != null) {
      message.setRebuild(progress(next, next.phase().name()));
    }
    Ended ended = builds.ended();
    if (ended != null) {
      message.setLast(progress(ended));
    }
    return message.build();
  }

  static RebuildProgress progress(Ended ended) {
    return progress(ended.rebuild(), ended.switched() ? "SWITCHED" : "CANCELLED");
  }

  static RebuildProgress progress(Rebuild rebuild, String phase) {
    Figures figures = rebuild.figures();
    var message =
        RebuildProgress.newBuilder()
            .setBuild(rebuild.number())
            .setPhase(phase)
            .setEventsDone(figures.events())
            .setEventsTotal(figures.events() + figures.behind())
            .setEventsPerSecond(figures.perSecond())
            .setPosition(figures.position())
            .setHeadPosition(figures.head())
            .setActor(rebuild.actor())
            .setBeganAt(Timestamps.of(rebuild.began()));
    if (figures.perSecond() >= 1) {
      message.setEta(
          Duration.newBuilder().setSeconds(Math.round(figures.behind() / figures.perSecond())));
    }
    Comparison comparison = rebuild.comparison();
    return comparison == null
        ? message.build()
        : message.setComparison(message(comparison)).build();
  }

  private static BuildComparison message(Comparison comparison) {
    return BuildComparison.newBuilder()
        .setLiveDocuments(comparison.liveDocuments())
        .setNewDocuments(comparison.nextDocuments())
        .setLiveParkedStreams(comparison.liveParked())
        .setNewParkedStreams(comparison.nextParked())
        .setCompared(comparison.compared())
        .setDiffering(comparison.differing())
        .addAllExamples(comparison.examples())
        .build();
  }
}
