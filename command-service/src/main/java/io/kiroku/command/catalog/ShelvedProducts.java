package io.kiroku.command.catalog;

import io.kiroku.catalog.Product;
import io.kiroku.catalog.Product.OnSale;
import io.kiroku.catalog.ProductCommand;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.Shelf;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.CommandOutcome.Rejected;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;

/// What has become of the products that a category's shelf has let in.
@Singleton
class ShelvedProducts {
  private static final int LOOKED_AT_ONCE = 16;

  private final CommandHandler<ProductCommand, Product, ProductEvent> products;
  private final Clock clock;

  ShelvedProducts(CommandHandler<ProductCommand, Product, ProductEvent> products, Clock clock) {
    this.products = products;
    this.clock = clock;
  }

  /// Whether any of them is on sale in the category. If not, none can get there any more without
  /// being let in again: those that were on their way are turned away.
  ///
  /// Fails with [ConcurrencyConflict] if one moved while it was looked at; else as
  /// [CommandHandler#handle].
  Uni<Boolean> anyIn(CategoryId category, Shelf shelf, CommandContext context) {
    return Multi.createFrom()
        .iterable(shelf.products().entrySet())
        .onItem()
        .transformToUni(entry -> isIn(category, entry.getKey(), entry.getValue(), context))
        .merge(LOOKED_AT_ONCE)
        .select()
        .where(isIn -> isIn)
        .toUni()
        .map(found -> found != null);
  }

  private Uni<Boolean> isIn(
      CategoryId category, ProductId id, long letInAt, CommandContext context) {
    return products
        .load(Products.stream(id))
        .flatMap(product -> {
          if (product.state() instanceof OnSale onSale && onSale.isIn(category)) {
            return Uni.createFrom().item(true);
          }
          return product.revision() > letInAt
              ? Uni.createFrom().item(false)
              : turnAway(category, id, context.further(product.revision()));
        });
  }

  /// Whether it cannot be, because it is in the category.
  private Uni<Boolean> turnAway(CategoryId category, ProductId id, CommandContext context) {
    return products
        .handle(
            Products.stream(id),
            new ProductCommand.TurnProductAway(id, category, clock.instant()),
            context)
        .map(outcome -> outcome instanceof Rejected);
  }
}
