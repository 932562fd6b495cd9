package io.kiroku.query.projectionadmin;

import io.kiroku.projection.engine.RepairOutcome;
import io.kiroku.proto.projection.v1.ParkedStreamFilter;
import io.kiroku.proto.projection.v1.RetryParkedStreamsResponse;
import io.kiroku.query.projectionadmin.ParkedList.Parked;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Tries many parked streams, one after the other and not too fast: what failed because something
/// was overloaded must not be overloaded by its repair.
@Singleton
class BulkRetries {
  private final ParkedList parked;

  BulkRetries(ParkedList parked) {
    this.parked = parked;
  }

  Multi<RetryParkedStreamsResponse> retry(ParkedStreamFilter filter, int perSecond) {
    Duration pause = Duration.ofSeconds(1).dividedBy(perSecond);
    return parked.find(filter).onItem().transformToMulti(found -> each(found, pause));
  }

  private static Multi<RetryParkedStreamsResponse> each(List<Parked> found, Duration pause) {
    AtomicInteger done = new AtomicInteger();
    return Multi.createFrom()
        .iterable(found)
        .onItem()
        .transformToUniAndConcatenate(it -> retry(it, pause, done.incrementAndGet(), found.size()));
  }

  private static Uni<RetryParkedStreamsResponse> retry(
      Parked parked, Duration pause, int done, int total) {
    var response =
        RetryParkedStreamsResponse.newBuilder()
            .setProjection(parked.projection())
            .setStream(parked.stream().stream().value())
            .setDone(done)
            .setTotal(total);
    return parked
        .runner()
        .repairs()
        .retry(parked.stream().stream())
        .map(outcome -> tell(response, outcome).build())
        .onItem()
        .delayIt()
        .by(pause);
  }

  private static RetryParkedStreamsResponse.Builder tell(
      RetryParkedStreamsResponse.Builder response, RepairOutcome outcome) {
    return switch (outcome) {
      case RepairOutcome.Freed _ -> response.setOutcome("FREED");
      case RepairOutcome.NotParked _ -> response.setOutcome(RepairErrors.NOT_PARKED);
      case RepairOutcome.StillParked(var parked) ->
          response.setOutcome(RepairErrors.STILL_PARKED).setDetail(parked.error());
      case RepairOutcome.ParkedElsewhere(var parked) ->
          response.setOutcome(RepairErrors.PARKED_ELSEWHERE).setDetail(parked.error());
    };
  }
}
