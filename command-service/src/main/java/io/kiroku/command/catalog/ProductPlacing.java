package io.kiroku.command.catalog;

import io.kiroku.catalog.Product;
import io.kiroku.catalog.ProductCommand;
import io.kiroku.catalog.ProductDecider;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.decider.Decision;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.Folded;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Function;

/// Puts products into categories that may be deleted at the same moment.
///
/// In this order: look at the product, have the category's shelf let it in, write to the product's
/// stream at the revision that was looked at. A deletion that closes the shelf afterwards has seen
/// that the product was let in, and writes to its stream if it is still there where it was.
@Singleton
class ProductPlacing {
  private static final int CONFLICT_RETRIES_MAX = 5;

  private final CommandHandler<ProductCommand, Product, ProductEvent> products;
  private final CategoryCommands categories;
  private final Shelves shelves;
  private final ProductDecider rules = new ProductDecider();

  ProductPlacing(
      CommandHandler<ProductCommand, Product, ProductEvent> products,
      CategoryCommands categories,
      Shelves shelves) {
    this.products = products;
    this.categories = categories;
    this.shelves = shelves;
  }

  /// Handles a command that puts a product into a category. Fails as [CommandHandler#handle] does.
  ///
  /// @param command is told whether the category has let the product in
  Uni<CommandOutcome<Product, ProductEvent>> put(
      ProductId id,
      CategoryId category,
      Function<Boolean, ProductCommand> command,
      CommandContext context) {
    return Uni.createFrom()
        .deferred(() -> attempt(id, category, command, context))
        .onFailure(
            failure -> failure instanceof ConcurrencyConflict && context.expectedRevision() == null)
        .retry()
        .atMost(CONFLICT_RETRIES_MAX);
  }

  private Uni<CommandOutcome<Product, ProductEvent>> attempt(
      ProductId id,
      CategoryId category,
      Function<Boolean, ProductCommand> command,
      CommandContext context) {
    return categories
        .exists(context.tenant(), category)
        .flatMap(exists ->
            exists
                ? products
                    .load(Products.stream(id))
                    .flatMap(seen -> put(seen, id, category, command, context))
                : handle(id, command.apply(false), context));
  }

  private Uni<CommandOutcome<Product, ProductEvent>> put(
      Folded<Product> seen,
      ProductId id,
      CategoryId category,
      Function<Boolean, ProductCommand> command,
      CommandContext context) {
    Long expected = context.expectedRevision();
    if (expected != null && expected != seen.revision()) {
      // Its first answer again, or a conflict.
      return handle(id, command.apply(false), context);
    }
    CommandContext asSeen = context.expecting(seen.revision());
    ProductCommand wanted = command.apply(true);
    // Nothing is shelved for what would be refused, or is so already.
    return changes(wanted, seen, context)
        ? shelves
            .letIn(category, id, seen.revision(), context)
            .flatMap(isIn -> handle(id, command.apply(isIn), asSeen))
        : handle(id, wanted, asSeen);
  }

  private boolean changes(ProductCommand wanted, Folded<Product> seen, CommandContext context) {
    boolean visible =
        seen.revision() == EventStore.NO_STREAM || context.tenant().equals(seen.tenant());
    return visible
        && rules.decide(wanted, seen.state()) instanceof Decision.Accepted<ProductEvent>(var events)
        && !events.isEmpty();
  }

  private Uni<CommandOutcome<Product, ProductEvent>> handle(
      ProductId id, ProductCommand command, CommandContext context) {
    return products.handle(Products.stream(id), command, context);
  }
}
