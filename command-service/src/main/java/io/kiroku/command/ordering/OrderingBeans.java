package io.kiroku.command.ordering;

import io.kiroku.command.events.StoredEvents;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.HandlerLimits;
import io.kiroku.eventstore.PersonKeys;
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
  CommandHandler<OrderCommand, Order, OrderEvent> orders(
      EventStore store, PersonKeys keys, HandlerLimits limits) {
    return new CommandHandler<>(new OrderDecider(), StoredEvents.codec(keys), store, limits);
  }
}
