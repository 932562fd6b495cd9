package io.kiroku.command.shipping;

import io.kiroku.command.events.StoredStates;
import io.kiroku.command.store.Handlers;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.shipping.Shipment;
import io.kiroku.shipping.ShipmentCommand;
import io.kiroku.shipping.ShipmentDecider;
import io.kiroku.shipping.ShipmentEvent;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Wires the shipments' rules; another carrier is another bean of [Carrier].
final class ShippingBeans {
  @Produces
  @Singleton
  CommandHandler<ShipmentCommand, Shipment, ShipmentEvent> shipments(Handlers handlers) {
    return handlers.of("shipment", new ShipmentDecider(), StoredStates.SHIPMENT);
  }

  @Produces
  @Singleton
  @DefaultBean
  Carrier carrier() {
    return new BuiltInCarrier();
  }
}
