package io.kiroku.command.shipping;

import io.kiroku.command.events.StoredEvents;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.HandlerLimits;
import io.kiroku.eventstore.PersonKeys;
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
  CommandHandler<ShipmentCommand, Shipment, ShipmentEvent> shipments(
      EventStore store, PersonKeys keys, HandlerLimits limits) {
    return new CommandHandler<>(new ShipmentDecider(), StoredEvents.codec(keys), store, limits);
  }

  @Produces
  @Singleton
  @DefaultBean
  Carrier carrier() {
    return new BuiltInCarrier();
  }
}
