package io.kiroku.command.catalog;

import io.kiroku.catalog.CategoryCommand;
import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.CategoryTree;
import io.kiroku.catalog.CategoryTreeDecider;
import io.kiroku.catalog.Product;
import io.kiroku.catalog.ProductCommand;
import io.kiroku.catalog.ProductDecider;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.Shelf;
import io.kiroku.catalog.ShelfCommand;
import io.kiroku.catalog.ShelfDecider;
import io.kiroku.catalog.ShelfEvent;
import io.kiroku.command.events.StoredStates;
import io.kiroku.command.store.Handlers;
import io.kiroku.eventstore.CommandHandler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Wires the catalog's rules.
final class CatalogBeans {
  @Produces
  @Singleton
  CommandHandler<CategoryCommand, CategoryTree, CategoryEvent> categories(Handlers handlers) {
    return handlers.of("categories", new CategoryTreeDecider(), StoredStates.CATEGORY_TREE);
  }

  @Produces
  @Singleton
  CommandHandler<ProductCommand, Product, ProductEvent> products(Handlers handlers) {
    return handlers.of("product", new ProductDecider(), StoredStates.PRODUCT);
  }

  @Produces
  @Singleton
  CommandHandler<ShelfCommand, Shelf, ShelfEvent> shelves(Handlers handlers) {
    return handlers.of("shelf", new ShelfDecider(), StoredStates.SHELF);
  }
}
