package io.kiroku.command.shipping;

import io.kiroku.command.events.StoredStates;
import io.kiroku.command.provider.Providers;
import io.kiroku.command.store.Handlers;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.shipping.Shipment;
import io.kiroku.shipping.ShipmentCommand;
import io.kiroku.shipping.ShipmentDecider;
import io.kiroku.shipping.ShipmentEvent;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Wires the shipments' rules and the carrier that the configuration names.
final class ShippingBeans {
  @Produces
  @Singleton
  CommandHandler<ShipmentCommand, Shipment, ShipmentEvent> shipments(Handlers handlers) {
    return handlers.of("shipment", new ShipmentDecider(), StoredStates.SHIPMENT);
  }

  @Produces
  @Singleton
  @DefaultBean
  Carrier carrier(ShippingConfig config, Providers providers) {
    return switch (config.carrier()) {
      case BUILT_IN -> new BuiltInCarrier();
      case HTTP ->
          new HttpCarrier(providers.client("carrier", ShippingConfig.PREFIX, config.http()));
    };
  }

  /// A carrier that cannot be made stops the start, not the first shipment.
  void make(@Observes StartupEvent start, Carrier carrier) {}
}
