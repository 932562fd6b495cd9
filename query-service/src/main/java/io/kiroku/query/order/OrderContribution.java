package io.kiroku.query.order;

import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.Recorded;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderEvent.OrderCancellationRejected;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderConfirmationRejected;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderDelivered;
import io.kiroku.ordering.OrderEvent.OrderDraftDiscarded;
import io.kiroku.ordering.OrderEvent.OrderDrafted;
import io.kiroku.ordering.OrderEvent.OrderFailed;
import io.kiroku.ordering.OrderEvent.OrderItemAdded;
import io.kiroku.ordering.OrderEvent.OrderItemChanged;
import io.kiroku.ordering.OrderEvent.OrderItemRemoved;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderEvent.OrderReturnRefused;
import io.kiroku.ordering.OrderEvent.OrderReturnRequested;
import io.kiroku.ordering.OrderEvent.OrderReturned;
import io.kiroku.ordering.OrderEvent.OrderShipped;
import io.kiroku.ordering.OrderEvent.OrderStepRepeated;
import io.kiroku.ordering.OrderLine;
import io.kiroku.projection.Change;
import io.kiroku.query.running.Part;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class OrderContribution extends Part<OrderPart, OrderEvent> {
  static final String CATEGORY = "order";
  private static final EventTypes TYPES = EventTypes.of(OrderEvent.class);

  OrderContribution() {
    super(CATEGORY, OrderPart.class, TYPES);
  }

  @Override
  public Change<OrderPart> apply(@Nullable OrderPart order, Recorded<OrderEvent> recorded) {
    return switch (recorded.event()) {
      case OrderDrafted e -> Change.upsert(drafted(e, recorded));
      case OrderItemAdded e ->
          Change.upsert(known(order).with(e.productId().toString(), e.quantity()));
      case OrderItemChanged e ->
          Change.upsert(known(order).with(e.productId().toString(), e.quantity()));
      case OrderItemRemoved e -> Change.upsert(known(order).without(e.productId().toString()));
      case OrderDraftDiscarded _ -> Change.tombstone();
      case OrderPlaced e -> Change.upsert(placed(e, recorded));
      case OrderConfirmed _ -> Change.upsert(known(order).in(OrderPart.CONFIRMED, ""));
      case OrderShipped e -> Change.upsert(known(order).shipped(e.trackingNumber()));
      case OrderDelivered _ -> Change.upsert(known(order).in(OrderPart.DELIVERED, ""));
      case OrderReturnRequested e ->
          Change.upsert(known(order).in(OrderPart.RETURN_REQUESTED, e.reason()));
      case OrderReturned _ ->
          Change.upsert(known(order).in(OrderPart.RETURNED, known(order).reason()));
      case OrderReturnRefused e ->
          Change.upsert(known(order).in(OrderPart.RETURN_REFUSED, e.code()));
      case OrderCancelled e -> Change.upsert(known(order).in(OrderPart.CANCELLED, e.reason()));
      case OrderFailed e -> Change.upsert(known(order).in(OrderPart.FAILED, e.code()));
      case OrderConfirmationRejected _, OrderCancellationRejected _ -> Change.unchanged();
      case OrderStepRepeated _ -> Change.unchanged();
    };
  }

  private static OrderPart drafted(OrderDrafted e, Recorded<OrderEvent> recorded) {
    EventMetadata metadata = recorded.envelope().metadata();
    return new OrderPart(
        e.orderId().toString(),
        metadata.tenant(),
        e.userId(),
        metadata.correlationId().toString(),
        OrderPart.DRAFT,
        "",
        List.of(),
        0,
        "",
        e.at(),
        recorded.envelope().position(),
        "");
  }

  private static OrderPart placed(OrderPlaced e, Recorded<OrderEvent> recorded) {
    EventMetadata metadata = recorded.envelope().metadata();
    return new OrderPart(
        e.orderId().toString(),
        metadata.tenant(),
        e.userId(),
        metadata.correlationId().toString(),
        OrderPart.PLACED,
        "",
        e.lines().stream().map(OrderContribution::line).toList(),
        e.total().minorUnits(),
        e.total().currency().getCurrencyCode(),
        e.at(),
        recorded.envelope().position(),
        "");
  }

  private static OrderPart.Line line(OrderLine line) {
    return new OrderPart.Line(
        line.productId().toString(), line.name(), line.quantity(), line.unitPrice().minorUnits());
  }

  private static OrderPart known(@Nullable OrderPart order) {
    return Objects.requireNonNull(order, "An order's first event drafts or places it");
  }
}
