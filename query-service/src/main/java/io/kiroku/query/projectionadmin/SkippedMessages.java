package io.kiroku.query.projectionadmin;

import io.kiroku.projection.engine.Skip;
import io.kiroku.proto.projection.v1.ListSkippedEventsResponse;
import io.kiroku.proto.projection.v1.SkippedEvents;
import io.kiroku.query.running.Timestamps;
import java.util.List;

/// What was passed over, as the contract says it.
final class SkippedMessages {
  private static final int MOST = 1_000;

  private SkippedMessages() {}

  static ListSkippedEventsResponse newest(List<Skip> all) {
    ListSkippedEventsResponse.Builder response = ListSkippedEventsResponse.newBuilder();
    all.stream()
        .skip(Math.max(0, all.size() - MOST))
        .map(SkippedMessages::message)
        .forEach(response::addSkipped);
    return response.build();
  }

  private static SkippedEvents message(Skip skip) {
    return SkippedEvents.newBuilder()
        .setStream(skip.stream().value())
        .setFromRevision(skip.from())
        .setThroughRevision(skip.through())
        .setError(skip.error())
        .setActor(skip.actor())
        .setReason(skip.reason())
        .setAt(Timestamps.of(skip.at()))
        .build();
  }
}
