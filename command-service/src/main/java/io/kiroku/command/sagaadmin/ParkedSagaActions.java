package io.kiroku.command.sagaadmin;

import static io.kiroku.command.call.ProtoTime.timestamp;

import com.google.rpc.Code;
import io.kiroku.command.call.Fields;
import io.kiroku.command.call.PageCursor;
import io.kiroku.command.saga.ParkedSagas;
import io.kiroku.command.saga.ParkedSagas.Parked;
import io.kiroku.command.saga.SagaKey;
import io.kiroku.command.saga.SagaRegistry;
import io.kiroku.proto.saga.v1.ListParkedSagasRequest;
import io.kiroku.proto.saga.v1.ListParkedSagasResponse;
import io.kiroku.proto.saga.v1.ParkedSaga;
import io.kiroku.proto.saga.v1.ReplayParkedSagaResponse;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// What operators see of parked sagas, and their replay: any instance asks for it in the table,
/// whoever runs the sagas does it.
@Singleton
class ParkedSagaActions {
  private static final Logger LOG = Logger.getLogger(ParkedSagaActions.class);
  private static final int PAGE_DEFAULT = 50;
  private static final int PAGE_MOST = 200;
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration REPLAY_MOST = Duration.ofSeconds(10);

  private final ParkedSagas parked;
  private final SagaRegistry sagas;

  ParkedSagaActions(ParkedSagas parked, SagaRegistry sagas) {
    this.parked = parked;
    this.sagas = sagas;
  }

  Uni<ListParkedSagasResponse> list(String tenant, ListParkedSagasRequest request) {
    Fields fields = new Fields().range("page_size", request.getPageSize(), 0, PAGE_MOST);
    PageCursor after =
        fields
            .cursor("page_token", request.getPageToken())
            .orElse(new PageCursor(Instant.EPOCH, ""));
    fields.verify();
    int size = request.getPageSize() == 0 ? PAGE_DEFAULT : request.getPageSize();
    // One more than shown tells whether there is a next page.
    return parked
        .page(tenant, after.at(), Sagas.key(after), size + 1)
        .map(found -> response(found, size));
  }

  private ListParkedSagasResponse response(List<Parked> found, int size) {
    var response = ListParkedSagasResponse.newBuilder();
    found.stream().limit(size).forEach(saga -> response.addSagas(message(saga)));
    if (found.size() > size) {
      Parked last = found.get(size - 1);
      response.setNextPageToken(Sagas.cursor(last.parkedAt(), last.saga()).encode());
    }
    return response.build();
  }

  private ParkedSaga message(Parked saga) {
    ParkedSaga.Builder message =
        ParkedSaga.newBuilder()
            .setSagaId(saga.saga().id())
            .setSaga(name(saga.saga()))
            .setError(saga.error())
            .setAttempts(saga.attempts())
            .setParkedAt(timestamp(saga.parkedAt()))
            .setNextRetryAt(timestamp(saga.retryAt()))
            .setQueuedTriggers(saga.queued());
    Long first = saga.firstPosition();
    if (first != null) {
      message.setFirstPosition(first);
    }
    return message.build();
  }

  /// A kind that this version does not run any more goes by its category.
  private String name(SagaKey saga) {
    return sagas
        .ofCategory(saga.category())
        .map(kind -> kind.definition().name())
        .orElse(saga.category());
  }

  /// Fails with `SAGA_NOT_PARKED`, `SAGA_STILL_PARKED` or `UNAVAILABLE`.
  Uni<ReplayParkedSagaResponse> replay(Caller admin, SagaKey saga) {
    String tenant = admin.tenant();
    return parked
        .find(tenant, saga)
        .map(found ->
            found.orElseThrow(() -> Errors.notFound("SAGA_NOT_PARKED", "The saga is not parked.")))
        .invoke(() -> LOG.infof("%s has %s replayed", admin.userId(), saga))
        .call(() -> parked.hurry(tenant, saga))
        .flatMap(before -> outcome(tenant, before));
  }

  private Uni<ReplayParkedSagaResponse> outcome(String tenant, Parked before) {
    return Uni.createFrom()
        .deferred(() -> parked.find(tenant, before.saga()))
        .repeat()
        .withDelay(LOOK_EVERY)
        .whilst(now -> now.isPresent() && now.get().attempts() == before.attempts())
        .collect()
        .last()
        .ifNoItem()
        .after(REPLAY_MOST)
        .failWith(() -> Errors.unavailable("Nobody runs the sagas at the moment."))
        .map(now -> answer(before, now));
  }

  private static ReplayParkedSagaResponse answer(Parked before, Optional<Parked> now) {
    if (now.isPresent()) {
      throw Errors.of(
          Code.FAILED_PRECONDITION,
          "SAGA_STILL_PARKED",
          "The saga failed again: " + now.get().error());
    }
    return ReplayParkedSagaResponse.newBuilder().setReplayedTriggers(before.queued()).build();
  }
}
