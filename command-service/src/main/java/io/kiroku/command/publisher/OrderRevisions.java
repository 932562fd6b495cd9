package io.kiroku.command.publisher;

import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.StateCache;
import io.kiroku.eventstore.StreamId;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.saga.SagaEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

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

  /// Learns from a batch, in order, and looks up what its last events need and it does not tell.
  Uni<Void> prepare(List<Recorded<Object>> batch) {
    List<String> missing = new ArrayList<>();
    for (Recorded<Object> recorded : batch) {
      switch (recorded.event()) {
        case OrderEvent event ->
            revisions.put(event.orderId().toString(), recorded.envelope().revision(), 1);
        case SagaEvent<?> event when endsFulfillment(event) -> {
          if (revisions.get(event.sagaId()) == null) {
            missing.add(event.sagaId());
          }
        }
        default -> {}
      }
    }
    return missing.isEmpty() ? Uni.createFrom().voidItem() : find(missing);
  }

  private Uni<Void> find(List<String> orders) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.from(List.of((Object) orders.toArray(String[]::new))))
        .invoke(rows -> rows.forEach(row -> revisions.put(row.getString(0), row.getLong(1), 1)))
        .replaceWithVoid();
  }

  /// Empty for all but the last event of a fulfillment.
  String tokenFor(Recorded<SagaEvent<FulfillmentCommand>> recorded) {
    String orderId = recorded.event().sagaId();
    Long revision = endsFulfillment(recorded.event()) ? revisions.get(orderId) : null;
    return revision == null
        ? ""
        : ConsistencyToken.of(
                recorded.envelope().metadata().tenant(), StreamId.of("order", orderId), revision)
            .encode();
  }

  private static boolean endsFulfillment(SagaEvent<?> event) {
    return event instanceof SagaEvent.SagaCompleted<?>
        || event instanceof SagaEvent.SagaCompensated<?>;
  }
}
