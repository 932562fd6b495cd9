package io.kiroku.query.running;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.Progress;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.ReadModelUnavailable;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.RequestContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Lets a client read what he has just written.
@ApplicationScoped
public class Consistency {
  private final Projections projections;
  private final QueryConfig config;

  Consistency(Projections projections, QueryConfig config) {
    this.projections = projections;
    this.config = config;
  }

  /// Answers once the read models show the token's revisions of the streams that matter to the
  /// query. Fails with `ABORTED`: `READ_MODEL_BEHIND` when time is up, `READ_MODEL_PARKED` at once;
  /// with `INVALID_ARGUMENT` for a token that is none; with `UNAVAILABLE` if the database does not
  /// answer.
  public <T> Uni<T> answer(
      RequestContext request, Predicate<StreamId> matters, Supplier<Uni<T>> query) {
    return answer(request, matters, stream -> projections.following(stream).stream(), query);
  }

  /// As above, of a query that only these projections answer.
  public <T> Uni<T> answer(
      RequestContext request,
      Predicate<StreamId> matters,
      List<Projection> from,
      Supplier<Uni<T>> query) {
    return answer(request, matters, stream -> projections.following(stream, from), query);
  }

  /// Completes once a projection shows these revisions, however long it takes. Fails with
  /// `READ_MODEL_PARKED`, and with [ReadModelUnavailable].
  public Uni<Void> eventually(Projection from, Map<StreamId, Long> revisions) {
    if (revisions.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Uni<Progress>> waits = new ArrayList<>();
    revisions.forEach((stream, revision) -> waits.add(eventually(from, stream, revision)));
    return Uni.join().all(waits).andFailFast().invoke(Consistency::check).replaceWithVoid();
  }

  private Uni<Progress> eventually(Projection from, StreamId stream, long revision) {
    return Uni.createFrom()
        .deferred(() -> projections.live(from).await(stream, revision, config.consistencyWait()))
        .repeat()
        .whilst(progress -> progress instanceof Progress.Behind)
        .collect()
        .last();
  }

  private <T> Uni<T> answer(
      RequestContext request,
      Predicate<StreamId> matters,
      Function<StreamId, Stream<ProjectionRunner>> following,
      Supplier<Uni<T>> query) {
    return Uni.createFrom()
        .deferred(() -> fromOneBuild(() -> shows(request, matters, following), query))
        .onFailure(ReadModelUnavailable.class)
        .transform(_ -> ReadModelErrors.unavailable());
  }

  /// What was waited for must be what answers: if queries have changed over to another build
  /// meanwhile, all is done again.
  private <T> Uni<T> fromOneBuild(Supplier<Uni<Void>> shows, Supplier<Uni<T>> query) {
    List<ProjectionRunner> waitedFor = projections.live();
    return shows
        .get()
        .flatMap(_ -> query.get())
        .flatMap(answer ->
            projections.live().equals(waitedFor)
                ? Uni.createFrom().item(answer)
                : fromOneBuild(shows, query));
  }

  private Uni<Void> shows(
      RequestContext request,
      Predicate<StreamId> matters,
      Function<StreamId, Stream<ProjectionRunner>> following) {
    String text = request.consistencyToken();
    if (text == null || text.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    ConsistencyToken token = decode(text);
    if (!token.tenant().equals(request.caller().tenant())) {
      return Uni.createFrom().voidItem();
    }
    List<Uni<Progress>> waits = new ArrayList<>();
    token
        .revisions()
        .forEach((stream, revision) -> {
          if (matters.test(stream)) {
            following
                .apply(stream)
                .map(runner -> runner.await(stream, revision, config.consistencyWait()))
                .forEach(waits::add);
          }
        });
    return waits.isEmpty()
        ? Uni.createFrom().voidItem()
        : Uni.join().all(waits).andFailFast().invoke(Consistency::check).replaceWithVoid();
  }

  private static ConsistencyToken decode(String text) {
    try {
      return ConsistencyToken.decode(text);
    } catch (IllegalArgumentException e) {
      throw Errors.invalid("consistency-token", "is not one of ours");
    }
  }

  private static void check(List<Progress> all) {
    for (Progress progress : all) {
      switch (progress) {
        case Progress.Shown _ -> {}
        case Progress.Behind(var stream, var wanted, var applied) ->
            throw aborted(
                "READ_MODEL_BEHIND",
                "The read model does not show this yet; try again.",
                Map.of(
                    "stream", stream.value(),
                    "wanted", Long.toString(wanted),
                    "applied", Long.toString(applied),
                    "lag", Long.toString(wanted - applied)));
        case Progress.Parked(var stream, var wanted, var failing) ->
            throw aborted(
                "READ_MODEL_PARKED",
                "The read model cannot show this until an operator has looked at it.",
                Map.of(
                    "stream", stream.value(),
                    "wanted", Long.toString(wanted),
                    "failing", Long.toString(failing)));
      }
    }
  }

  private static StatusRuntimeException aborted(
      String reason, String detail, Map<String, String> metadata) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setReason(reason)
            .setDomain(Errors.DOMAIN)
            .putAllMetadata(metadata)
            .build();
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(Code.ABORTED_VALUE)
            .setMessage(detail)
            .addDetails(Any.pack(info))
            .build());
  }
}
