package io.kiroku.query.order;

import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.Recorded;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderConfirmationRejected;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderEvent.OrderStepRepeated;
import io.kiroku.ordering.OrderLine;
import io.kiroku.projection.Change;
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
      case OrderPlaced e -> Change.upsert(placed(e, recorded));
      case OrderConfirmed _ -> Change.upsert(known(order).in(OrderPart.CONFIRMED, ""));
      case OrderCancelled e -> Change.upsert(known(order).in(OrderPart.CANCELLED, e.reason()));
      case OrderConfirmationRejected _, OrderStepRepeated _ -> Change.unchanged();
    };
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
        recorded.envelope().position());
  }

  private static OrderPart.Line line(OrderLine line) {
    return new OrderPart.Line(
        line.productId().toString(), line.name(), line.quantity(), line.unitPrice().minorUnits());
  }

  private static OrderPart known(@Nullable OrderPart order) {
    return Objects.requireNonNull(order, "An order's first event places it");
  }
}
