package io.kiroku.command.catalog;

import io.kiroku.catalog.CatalogRejection;
import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.CategoryTree;
import io.kiroku.catalog.Shelf;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.CommandOutcome.Rejected;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.Folded;
import io.kiroku.shared.CategoryId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Deletes a category that no category and no product on sale is in, nor can get into.
///
/// What makes it right is the order of the steps, see docs/adr/0030: look at the shelf, then at the
/// tree, then at the products; close the shelf at the revision that was looked at, then delete at
/// the tree's. Any step may be the last one before a crash: sent again, the command begins anew.
@Singleton
class CategoryDeletion {
  private static final int CONFLICT_RETRIES_MAX = 5;

  private final CategoryCommands categories;
  private final Shelves shelves;
  private final ShelvedProducts shelved;
  private final UnshelvedProducts unshelved;

  CategoryDeletion(
      CategoryCommands categories,
      Shelves shelves,
      ShelvedProducts shelved,
      UnshelvedProducts unshelved) {
    this.categories = categories;
    this.shelves = shelves;
    this.shelved = shelved;
    this.unshelved = unshelved;
  }

  /// Once begun, it goes on to its end whether or not the caller still waits.
  ///
  /// Fails with [ConcurrencyConflict] if the tree is not where the caller expects it, or if others
  /// were faster too often; else as [CommandHandler#handle]. The same command may be sent again.
  Uni<CommandOutcome<CategoryTree, CategoryEvent>> delete(CategoryId id, CommandContext context) {
    Uni<CommandOutcome<CategoryTree, CategoryEvent>> work =
        Uni.createFrom()
            .deferred(() -> attempt(id, context))
            .onFailure(failure -> isWorthAnother(failure, context))
            .retry()
            .atMost(CONFLICT_RETRIES_MAX);
    return Uni.createFrom()
        .emitter(caller -> work.subscribe().with(caller::complete, caller::fail));
  }

  /// Not if it is the caller's expectation that was wrong.
  private static boolean isWorthAnother(Throwable failure, CommandContext context) {
    return failure instanceof ConcurrencyConflict conflict
        && (context.expectedRevision() == null
            || !conflict.stream().equals(CategoryCommands.treeOf(context.tenant())));
  }

  private Uni<CommandOutcome<CategoryTree, CategoryEvent>> attempt(
      CategoryId id, CommandContext context) {
    return shelves
        .load(id)
        .flatMap(shelf ->
            categories
                .tree(context.tenant())
                .map(tree -> new Attempt(id, context, shelf, tree.revision()))
                .flatMap(attempt -> attempt.run()));
  }

  private final class Attempt {
    private final CategoryId id;
    private final CommandContext context;
    private final Folded<Shelf> shelf;
    private final CommandContext onTree;

    Attempt(CategoryId id, CommandContext context, Folded<Shelf> shelf, long treeRevision) {
      Long expected = context.expectedRevision();
      this.id = id;
      this.context = context;
      this.shelf = shelf;
      this.onTree = context.expecting(expected == null ? treeRevision : expected);
    }

    /// Asked as if products were in it, the tree tells of whatever else is in the way.
    Uni<CommandOutcome<CategoryTree, CategoryEvent>> run() {
      return categories
          .delete(id, true, onTree)
          .flatMap(asked -> {
            if (isRejected(asked, CatalogRejection.CATEGORY_HAS_PRODUCTS)) {
              return shelved
                  .anyIn(id, shelf.state(), context)
                  .flatMap(any -> any ? Uni.createFrom().item(asked) : withoutShelved(asked));
            }
            // Closed by an attempt that ended before it could reopen it.
            return isRejected(asked, CatalogRejection.CATEGORY_HAS_CHILDREN)
                    && shelf.state().closed()
                ? shelves.reopen(id, shelf.revision(), context).replaceWith(asked)
                : Uni.createFrom().item(asked);
          });
    }

    private Uni<CommandOutcome<CategoryTree, CategoryEvent>> withoutShelved(
        CommandOutcome<CategoryTree, CategoryEvent> hasProducts) {
      return shelf.state().opened()
          ? closeAndDelete()
          : unshelved
              .anyIn(id, context.tenant())
              .flatMap(any ->
                  any
                      ? Uni.createFrom().item(hasProducts)
                      : shelves.open(id, context).flatMap(_ -> attempt(id, context)));
    }

    private Uni<CommandOutcome<CategoryTree, CategoryEvent>> closeAndDelete() {
      return shelves
          .close(id, shelf.revision(), context)
          .flatMap(closed ->
              categories
                  .delete(id, false, onTree)
                  .onItem()
                  .call(outcome ->
                      outcome instanceof Rejected ? reopen(closed) : Uni.createFrom().voidItem())
                  .onFailure(ConcurrencyConflict.class)
                  .recoverWithUni(
                      conflict -> reopen(closed).flatMap(_ -> Uni.createFrom().failure(conflict))));
    }

    /// The tree has moved on. Unless the category is gone, others have not relied on this closing.
    private Uni<Void> reopen(long closed) {
      return categories
          .exists(context.tenant(), id)
          .flatMap(
              exists -> exists ? shelves.reopen(id, closed, context) : Uni.createFrom().voidItem());
    }
  }

  private static boolean isRejected(
      CommandOutcome<CategoryTree, CategoryEvent> outcome, CatalogRejection why) {
    return outcome instanceof Rejected<CategoryTree, CategoryEvent>(var reason) && reason == why;
  }
}
