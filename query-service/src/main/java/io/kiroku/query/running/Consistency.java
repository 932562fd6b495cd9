package io.kiroku.query.running;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.Progress;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.ReadModelUnavailable;
import io.kiroku.projection.mongo.Absences;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.RequestContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Lets a client read what he has just written.
@ApplicationScoped
public class Consistency {
  private final Projections projections;
  private final DocumentCache cache;
  private final Absences absences;
  private final QueryConfig config;

  Consistency(Projections projections, DocumentCache cache, Absences absences, QueryConfig config) {
    this.projections = projections;
    this.cache = cache;
    this.absences = absences;
    this.config = config;
  }

  /// Answers once the read model that the query is answered from shows the token's revisions of the
  /// streams that matter to it. Fails with `ABORTED`: `READ_MODEL_BEHIND` when time is up,
  /// `READ_MODEL_PARKED` at once; with `INVALID_ARGUMENT` for a token that is none or is another
  /// tenant's; with `UNAVAILABLE` if the database does not answer.
  public <T> Uni<T> answer(RequestContext request, Source source, Supplier<Uni<T>> query) {
    return answer(request, List.of(source), query);
  }

  /// As [#answer], from several read models.
  public <T> Uni<T> answer(RequestContext request, List<Source> sources, Supplier<Uni<T>> query) {
    return Uni.createFrom()
        .deferred(() -> fromOneBuild(request, sources, query))
        .onFailure(ReadModelUnavailable.class)
        .transform(_ -> ReadModelErrors.unavailable());
  }

  /// What was waited for must be what answers: if queries have changed over to another build
  /// meanwhile, or the database was away and may have forgotten what it showed, all is done again.
  private <T> Uni<T> fromOneBuild(
      RequestContext request, List<Source> sources, Supplier<Uni<T>> query) {
    List<ProjectionRunner> waitedFor = projections.live();
    long absencesBefore = absences.count();
    return shows(request, sources)
        .flatMap(_ -> query.get())
        .flatMap(answer ->
            projections.live().equals(waitedFor) && absences.count() == absencesBefore
                ? Uni.createFrom().item(answer)
                : fromOneBuild(request, sources, query));
  }

  private Uni<Void> shows(RequestContext request, List<Source> sources) {
    List<Uni<Progress>> waits = new ArrayList<>();
    Tokens.brought(request).ifPresent(token -> sources.forEach(it -> wait(token, it, waits)));
    return waits.isEmpty()
        ? Uni.createFrom().voidItem()
        : Uni.join().all(waits).andFailFast().invoke(Consistency::check).replaceWithVoid();
  }

  private void wait(ConsistencyToken token, Source source, List<Uni<Progress>> waits) {
    ProjectionRunner runner = projections.live(source.projection());
    token
        .revisions()
        .forEach((stream, revision) -> {
          if (runner.follows(stream) && source.matters().test(stream)) {
            waits.add(await(runner, stream, revision));
          }
        });
  }

  private Uni<Progress> await(ProjectionRunner runner, StreamId stream, long revision) {
    return runner
        .await(stream, revision, config.consistencyWait())
        .invoke(() -> cache.refuseOlder(runner.projection(), stream, revision));
  }

  /// Completes once a projection shows these revisions, however long it takes. Fails with
  /// `READ_MODEL_PARKED`, and with [ReadModelUnavailable].
  public Uni<Void> eventually(Source from, Map<StreamId, Long> revisions) {
    if (revisions.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Uni<Progress>> waits = new ArrayList<>();
    revisions.forEach((stream, revision) -> waits.add(eventually(from, stream, revision)));
    return Uni.join().all(waits).andFailFast().invoke(Consistency::check).replaceWithVoid();
  }

  private Uni<Progress> eventually(Source from, StreamId stream, long revision) {
    return Uni.createFrom()
        .deferred(() -> await(projections.live(from.projection()), stream, revision))
        .repeat()
        .whilst(progress -> progress instanceof Progress.Behind)
        .collect()
        .last();
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
