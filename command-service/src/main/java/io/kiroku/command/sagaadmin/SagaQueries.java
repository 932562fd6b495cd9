package io.kiroku.command.sagaadmin;

import static io.kiroku.command.call.ProtoTime.timestamp;

import io.kiroku.command.call.Fields;
import io.kiroku.command.call.PageCursor;
import io.kiroku.command.saga.SagaDecisions;
import io.kiroku.command.saga.SagaKey;
import io.kiroku.command.saga.SagaStory;
import io.kiroku.proto.saga.v1.GetSagaResponse;
import io.kiroku.proto.saga.v1.ListSagasRequest;
import io.kiroku.proto.saga.v1.ListSagasResponse;
import io.kiroku.proto.saga.v1.Saga;
import io.kiroku.proto.saga.v1.SagaTimer;
import io.kiroku.saga.OperatorRejection;
import io.kiroku.saga.StepCommand;
import io.kiroku.service.error.Errors;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What operators see of sagas.
@Singleton
class SagaQueries {
  private static final int PAGE_DEFAULT = 50;
  private static final int PAGE_MOST = 200;
  private static final Set<String> STATUSES =
      Set.of("", "RUNNING", "COMPENSATING", "COMPLETED", "COMPENSATED", "STUCK");

  private final Sagas sagas;
  private final DueTimers timers;
  private final Clock clock;

  SagaQueries(Sagas sagas, DueTimers timers, Clock clock) {
    this.sagas = sagas;
    this.timers = timers;
    this.clock = clock;
  }

  Uni<ListSagasResponse> list(String tenant, ListSagasRequest request) {
    Fields fields =
        new Fields()
            .range("page_size", request.getPageSize(), 0, PAGE_MOST)
            .check("status", STATUSES.contains(request.getStatus()), "is no status of sagas")
            .check("min_age", request.getMinAge().getSeconds() >= 0, "must not be negative");
    Optional<PageCursor> after = fields.cursor("page_token", request.getPageToken());
    fields.verify();
    int most = request.getPageSize() == 0 ? PAGE_DEFAULT : request.getPageSize();
    SagaFilter filter =
        new SagaFilter(
            tenant,
            request.getSaga(),
            request.getStatus(),
            request.getStep(),
            startedBefore(request));
    return sagas.list(filter, after, most).map(page -> response(page, most));
  }

  private Optional<Instant> startedBefore(ListSagasRequest request) {
    return request.hasMinAge()
        ? Optional.of(clock.instant().minusSeconds(request.getMinAge().getSeconds()))
        : Optional.empty();
  }

  private static ListSagasResponse response(Sagas.Page page, int most) {
    var response = ListSagasResponse.newBuilder().setTotal(page.total());
    page.rows().forEach(row -> response.addSagas(message(row)));
    if (page.rows().size() == most) {
      SagaRow last = page.rows().getLast();
      SagaKey key = new SagaKey(last.category, last.sagaId);
      response.setNextPageToken(Sagas.cursor(last.startedAt, key).encode());
    }
    return response.build();
  }

  /// Fails with `SAGA_NOT_FOUND` if there is none in the index.
  <C extends StepCommand> Uni<GetSagaResponse> find(
      String tenant, SagaDecisions<C> kind, String sagaId) {
    return sagas
        .find(tenant, kind.key(sagaId))
        .map(found -> found.orElseThrow(() -> Errors.rejected(OperatorRejection.SAGA_NOT_FOUND)))
        .flatMap(row ->
            Uni.combine()
                .all()
                .unis(kind.story(tenant, sagaId), timers.of(kind.key(sagaId)))
                .with((story, due) -> response(row, kind, story, due)));
  }

  private static <C extends StepCommand> GetSagaResponse response(
      SagaRow row, SagaDecisions<C> kind, Optional<SagaStory<C>> story, List<DueTimers.Due> due) {
    var response = GetSagaResponse.newBuilder().setSaga(message(row));
    story.ifPresent(told -> {
      told.history().forEach(e -> response.addHistory(SagaEntries.of(kind.definition(), e)));
      response.addAllRemainingSteps(told.state().remainingSteps());
    });
    due.forEach(timer ->
        response.addTimers(
            SagaTimer.newBuilder().setTimer(timer.timer()).setDueAt(timestamp(timer.at()))));
    return response.build();
  }

  private static Saga message(SagaRow row) {
    return Saga.newBuilder()
        .setSagaId(row.sagaId)
        .setSaga(row.saga)
        .setStatus(row.status)
        .setStep(row.step)
        .setAttempt(row.attempt)
        .setCode(row.code)
        .setStartedAt(timestamp(row.startedAt))
        .setUpdatedAt(timestamp(row.updatedAt))
        .setRevision(row.revision)
        .build();
  }
}
