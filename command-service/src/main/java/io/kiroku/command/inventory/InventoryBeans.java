package io.kiroku.command.inventory;

import io.kiroku.command.events.StoredEvents;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.HandlerLimits;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.inventory.Stock;
import io.kiroku.inventory.StockCommand;
import io.kiroku.inventory.StockDecider;
import io.kiroku.inventory.StockEvent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Wires the inventory's rules.
final class InventoryBeans {
  @Produces
  @Singleton
  CommandHandler<StockCommand, Stock, StockEvent> stocks(
      EventStore store, PersonKeys keys, HandlerLimits limits, InventoryConfig config) {
    return new CommandHandler<>(
        new StockDecider(config.thresholds()), StoredEvents.codec(keys), store, limits);
  }
}
