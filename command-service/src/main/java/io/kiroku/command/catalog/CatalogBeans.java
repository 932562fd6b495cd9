package io.kiroku.command.catalog;

import io.kiroku.catalog.CategoryCommand;
import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.CategoryTree;
import io.kiroku.catalog.CategoryTreeDecider;
import io.kiroku.catalog.Product;
import io.kiroku.catalog.ProductCommand;
import io.kiroku.catalog.ProductDecider;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.command.events.StoredEvents;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.HandlerLimits;
import io.kiroku.eventstore.PersonKeys;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Wires the catalog's rules.
final class CatalogBeans {
  @Produces
  @Singleton
  CommandHandler<CategoryCommand, CategoryTree, CategoryEvent> categories(
      EventStore store, PersonKeys keys, HandlerLimits limits) {
    return new CommandHandler<>(new CategoryTreeDecider(), StoredEvents.codec(keys), store, limits);
  }

  @Produces
  @Singleton
  CommandHandler<ProductCommand, Product, ProductEvent> products(
      EventStore store, PersonKeys keys, HandlerLimits limits) {
    return new CommandHandler<>(new ProductDecider(), StoredEvents.codec(keys), store, limits);
  }
}
