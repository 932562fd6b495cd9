package io.kiroku.command.publisher;

import io.kiroku.command.logconsumer.Partition;
import io.kiroku.eventstore.Recorded;
import io.kiroku.ordering.OrderEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a batch changes in the write model of orders.
final class OrderRows {
  private static final String INSERT =
      "INSERT INTO order_row (order_id, tenant, owner, status, total_minor_units, currency,"
          + " placed_at, revision, partition) SELECT * FROM unnest($1::text[], $2::text[],"
          + " $3::text[], $4::text[], $5::bigint[], $6::text[], $7::timestamptz[], $8::bigint[],"
          + " $9::smallint[]) ON CONFLICT (order_id) DO NOTHING";
  private static final String UPDATE =
      "UPDATE order_row r SET status = coalesce(u.status, r.status), revision = u.revision"
          + " FROM unnest($1::text[], $2::text[], $3::bigint[]) AS u (order_id, status, revision)"
          + " WHERE r.order_id = u.order_id AND r.revision < u.revision";

  private record Placed(Recorded<OrderEvent> recorded, OrderEvent.OrderPlaced event) {}

  /// @param status null if it stays
  private record Change(@Nullable String status, long revision) {}

  private final List<Placed> placed = new ArrayList<>();
  private final Map<String, Change> changes = new LinkedHashMap<>();

  void add(Recorded<OrderEvent> recorded) {
    switch (recorded.event()) {
      case OrderEvent.OrderPlaced event -> placed.add(new Placed(recorded, event));
      case OrderEvent.OrderConfirmed _ -> change(recorded, "CONFIRMED");
      case OrderEvent.OrderCancelled _ -> change(recorded, "CANCELLED");
      case OrderEvent.OrderShipped _ -> change(recorded, "SHIPPED");
      case OrderEvent.OrderDelivered _ -> change(recorded, "DELIVERED");
      case OrderEvent.OrderReturnRequested _ -> change(recorded, "RETURN_REQUESTED");
      case OrderEvent.OrderReturned _ -> change(recorded, "RETURNED");
      case OrderEvent.OrderReturnRefused _ -> change(recorded, "RETURN_REFUSED");
      case OrderEvent.OrderFailed _ -> change(recorded, "FAILED");
      case OrderEvent.OrderConfirmationRejected _, OrderEvent.OrderCancellationRejected _ ->
          change(recorded, null);
      case OrderEvent.OrderStepRepeated _ -> change(recorded, null);
      // A row begins with the placing.
      case OrderEvent.OrderDrafted _, OrderEvent.OrderDraftDiscarded _ -> {}
      case OrderEvent.OrderItemAdded _,
          OrderEvent.OrderItemChanged _,
          OrderEvent.OrderItemRemoved _ -> {}
    }
  }

  private void change(Recorded<OrderEvent> recorded, @Nullable String status) {
    Change next = new Change(status, recorded.envelope().revision());
    changes.merge(
        recorded.event().orderId().toString(),
        next,
        (old, now) -> now.status() == null ? new Change(old.status(), now.revision()) : now);
  }

  List<Uni<Void>> writes(SqlClient transaction) {
    List<Uni<Void>> writes = new ArrayList<>(2);
    if (!placed.isEmpty()) {
      writes.add(transaction.preparedQuery(INSERT).execute(placedColumns()).replaceWithVoid());
    }
    if (!changes.isEmpty()) {
      writes.add(transaction.preparedQuery(UPDATE).execute(changeColumns()).replaceWithVoid());
    }
    return writes;
  }

  private Tuple placedColumns() {
    return Tuple.from(
        List.of(
            texts(placed.stream().map(row -> row.event().orderId().toString()).toList()),
            texts(
                placed.stream().map(row -> row.recorded().envelope().metadata().tenant()).toList()),
            texts(placed.stream().map(row -> row.event().userId()).toList()),
            texts(placed.stream().map(_ -> "PLACED").toList()),
            placed.stream().map(row -> row.event().total().minorUnits()).toArray(Long[]::new),
            texts(
                placed.stream()
                    .map(row -> row.event().total().currency().getCurrencyCode())
                    .toList()),
            placed.stream()
                .map(row -> row.event().at().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new),
            placed.stream().map(row -> row.recorded().envelope().revision()).toArray(Long[]::new),
            placed.stream()
                .map(row -> Partition.of(row.recorded().envelope().stream().value()))
                .toArray(Short[]::new)));
  }

  private Tuple changeColumns() {
    return Tuple.of(
        changes.keySet().toArray(String[]::new),
        changes.values().stream().map(Change::status).toArray(String[]::new),
        changes.values().stream().map(Change::revision).toArray(Long[]::new));
  }

  private static String[] texts(List<String> values) {
    return values.toArray(String[]::new);
  }
}
