package io.kiroku.fulfillment;

import io.kiroku.inventory.StockEvent;
import io.kiroku.inventory.StockEvent.StockCommitRejected;
import io.kiroku.inventory.StockEvent.StockCommitted;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.inventory.StockEvent.StockReleased;
import io.kiroku.inventory.StockEvent.StockReservationRejected;
import io.kiroku.inventory.StockEvent.StockReserved;
import io.kiroku.inventory.StockEvent.StockReturned;
import io.kiroku.inventory.StockEvent.StockStepRepeated;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.shared.OrderId;
import io.kiroku.shipping.ShipmentEvent;
import java.util.Optional;

/// Which fulfillment a fact belongs to: always the order's, whatever stream the fact is in.
public final class SagaIds {
  private SagaIds() {}

  public static Optional<String> of(OrderEvent event) {
    return of(event.orderId());
  }

  public static Optional<String> of(PaymentEvent event) {
    return of(event.orderId());
  }

  public static Optional<String> of(ShipmentEvent event) {
    return of(event.orderId());
  }

  public static Optional<String> of(StockEvent event) {
    return switch (event) {
      case StockReceived _ -> Optional.empty();
      case StockEvent.StockAdjusted _, StockEvent.StockLow _, StockEvent.StockOut _ ->
          Optional.empty();
      case StockEvent.StockReservationExpired e -> of(e.orderId());
      case StockReserved e -> of(e.orderId());
      case StockReservationRejected e -> of(e.orderId());
      case StockReleased e -> of(e.orderId());
      case StockCommitted e -> of(e.orderId());
      case StockCommitRejected e -> of(e.orderId());
      case StockReturned e -> of(e.orderId());
      case StockStepRepeated e -> of(e.orderId());
    };
  }

  private static Optional<String> of(OrderId order) {
    return Optional.of(order.toString());
  }
}
