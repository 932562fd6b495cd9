package io.kiroku.query.order;

import io.kiroku.eventstore.StreamId;
import io.kiroku.proto.query.v1.Order;
import java.util.Map;
import java.util.Set;

/// An order, and which revisions of its streams it shows.
public record ShownOrder(Order order, Map<StreamId, Long> revisions) {
  private static final Set<String> LAST =
      Set.of(
          OrderPart.CANCELLED,
          OrderPart.FAILED,
          OrderPart.DELIVERED,
          OrderPart.RETURNED,
          OrderPart.RETURN_REFUSED);

  /// What of a fulfillment nothing follows.
  private static final Set<String> FULFILLMENT_LAST = Set.of("COMPLETED", "COMPENSATED");

  public ShownOrder {
    revisions = Map.copyOf(revisions);
  }

  /// Whether nothing more is to be expected of it, unless its customer asks for something new.
  public boolean hasEnded() {
    return LAST.contains(order.getStatus())
        && FULFILLMENT_LAST.contains(order.getFulfillment().getStatus());
  }
}
