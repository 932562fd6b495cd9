package io.kiroku.query.running;

import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.inventory.StockEvent;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.returns.ReturnCommand;
import io.kiroku.saga.SagaEvent;
import io.kiroku.shipping.ShipmentEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// What a native executable must be able to read from JSON; said here, so that the domain stays
/// plain.
@RegisterForReflection(
    targets = {
      CategoryEvent.class,
      ProductEvent.class,
      StockEvent.class,
      OrderEvent.class,
      PaymentEvent.class,
      ShipmentEvent.class,
      SagaEvent.class,
      FulfillmentCommand.class,
      ReturnCommand.class
    },
    registerFullHierarchy = true)
final class EventReflection {
  private EventReflection() {}
}
