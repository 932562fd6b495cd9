package io.kiroku.query.saga;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.HistoryEntry;
import io.kiroku.proto.query.v1.ListSagasRequest;
import io.kiroku.proto.query.v1.ListSagasResponse;
import io.kiroku.proto.query.v1.Saga;
import io.kiroku.proto.query.v1.SagaCount;
import io.kiroku.query.history.HistoryQuery;
import io.kiroku.query.history.Moment;
import io.kiroku.query.history.Past;
import io.kiroku.query.listing.ListQuery;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.Source;
import io.kiroku.query.running.Stored;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Looks sagas up, one by one and in lists. Who may see a saga is not decided here.
@ApplicationScoped
public class Sagas {
  private final ReadModels readModels;
  private final Past past;
  private final SagaProjection projection;

  Sagas(ReadModels readModels, Past past, SagaProjection projection) {
    this.readModels = readModels;
    this.past = past;
    this.projection = projection;
  }

  /// What one saga is told from.
  public Source source(StreamId saga) {
    return new Source(projection, saga::equals);
  }

  /// What lists are told from.
  public Source source() {
    return Source.all(projection);
  }

  public StreamId fulfillment(String orderId) {
    return StreamId.of(SagaProjection.FULFILLMENT, orderId);
  }

  public Uni<Optional<Saga>> find(String tenant, StreamId stream) {
    return readModels
        .find(projection, stream.value())
        .map(found -> found.flatMap(stored -> message(stored, tenant)));
  }

  /// Fails with `INVALID_ARGUMENT`.
  public ListQuery query(String tenant, ListSagasRequest request) {
    return ListQuery.of(SagaListing.DECLARED, tenant, request.getOptions(), "");
  }

  public Uni<ListSagasResponse> list(String tenant, ListQuery query) {
    return readModels
        .list(projection, query.filter(), query.options())
        .map(query::page)
        .map(page -> {
          var response = ListSagasResponse.newBuilder().setNextPageToken(page.nextPageToken());
          page.shown().forEach(stored -> message(stored, tenant).ifPresent(response::addSagas));
          return response.build();
        });
  }

  /// How many there are, by kind and status.
  public Uni<List<SagaCount>> count(String tenant) {
    return readModels.aggregate(projection, SagaCounts.stages(tenant)).map(SagaCounts::of);
  }

  public Uni<Optional<Saga>> findAsOf(String tenant, StreamId stream, Moment moment) {
    return past.document(tenant, projection, stream.value(), moment)
        .map(found -> found.flatMap(stored -> message(stored, tenant)));
  }

  public Uni<Optional<List<HistoryEntry>>> history(HistoryQuery query, StreamId stream) {
    return past.events(query, projection, stream, UnaryOperator.identity());
  }

  private static Optional<Saga> message(Stored stored, String tenant) {
    return stored
        .part(SagaContribution.FIELD, SagaDocument.class)
        .filter(saga -> saga.tenant().equals(tenant))
        .map(saga -> SagaMessages.message(saga, stored.revision(SagaContribution.FIELD)));
  }
}
