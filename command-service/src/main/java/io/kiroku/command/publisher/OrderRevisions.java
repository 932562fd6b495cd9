package io.kiroku.command.publisher;

import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.StateCache;
import io.kiroku.eventstore.StreamId;
import io.kiroku.ordering.OrderEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/// The latest revisions of orders that the publisher has seen, for the tokens that it sends at the
/// end of a fulfillment. After a restart they come from the write model.
final class OrderRevisions {
  private static final int REMEMBERED_MOST = 50_000;
  private static final String FIND =
      "SELECT order_id, revision FROM order_row WHERE order_id = ANY ($1)";

  private final Pool pool;
  private final StateCache<String, Long> revisions = new StateCache<>(REMEMBERED_MOST);

  OrderRevisions(Pool pool) {
    this.pool = pool;
  }

  /// Learns from a batch, and looks up what its last events need and it does not tell.
  Uni<Void> prepare(List<Recorded<Object>> batch, List<SagaFact<?>> facts) {
    for (Recorded<Object> recorded : batch) {
      if (recorded.event() instanceof OrderEvent event) {
        revisions.put(event.orderId().toString(), recorded.envelope().revision(), 1);
      }
    }
    List<String> missing =
        facts.stream()
            .flatMap(fact -> fact.orderLeft().stream())
            .filter(order -> revisions.get(order) == null)
            .toList();
    return missing.isEmpty() ? Uni.createFrom().voidItem() : find(missing);
  }

  private Uni<Void> find(List<String> orders) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.from(List.of((Object) orders.toArray(String[]::new))))
        .invoke(rows -> rows.forEach(row -> revisions.put(row.getString(0), row.getLong(1), 1)))
        .replaceWithVoid();
  }

  /// Empty for all but the last event of a saga.
  String tokenFor(SagaFact<?> fact) {
    Optional<String> order = fact.orderLeft();
    Long revision = order.map(revisions::get).orElse(null);
    return revision == null
        ? ""
        : ConsistencyToken.of(
                fact.envelope().metadata().tenant(),
                StreamId.of("order", order.orElseThrow()),
                revision)
            .encode();
  }
}
