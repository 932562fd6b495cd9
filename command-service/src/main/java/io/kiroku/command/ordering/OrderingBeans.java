package io.kiroku.command.ordering;

import io.kiroku.command.events.StoredStates;
import io.kiroku.command.store.Handlers;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.ordering.Order;
import io.kiroku.ordering.OrderCommand;
import io.kiroku.ordering.OrderDecider;
import io.kiroku.ordering.OrderEvent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Wires the orders' rules.
final class OrderingBeans {
  @Produces
  @Singleton
  CommandHandler<OrderCommand, Order, OrderEvent> orders(Handlers handlers) {
    return handlers.of("order", new OrderDecider(), StoredStates.ORDER);
  }
}
