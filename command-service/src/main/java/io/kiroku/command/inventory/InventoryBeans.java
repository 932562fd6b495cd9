package io.kiroku.command.inventory;

import io.kiroku.command.events.StoredStates;
import io.kiroku.command.store.Handlers;
import io.kiroku.eventstore.CommandHandler;
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
      Handlers handlers, InventoryConfig config) {
    return handlers.of("stock", new StockDecider(config.thresholds()), StoredStates.STOCK);
  }
}
