package io.kiroku.command.catalog;

import io.kiroku.catalog.Shelf;
import io.kiroku.catalog.ShelfCommand;
import io.kiroku.catalog.ShelfEvent;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.CommandOutcome.Accepted;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.Folded;
import io.kiroku.eventstore.StreamId;
import io.kiroku.service.error.Errors;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// The shelves of categories: what a product that enters a category and the deletion of that
/// category both write to. Each method fails as [CommandHandler#handle] does.
@Singleton
class Shelves {
  private final CommandHandler<ShelfCommand, Shelf, ShelfEvent> shelves;
  private final Clock clock;

  Shelves(CommandHandler<ShelfCommand, Shelf, ShelfEvent> shelves, Clock clock) {
    this.shelves = shelves;
    this.clock = clock;
  }

  private static StreamId stream(CategoryId category) {
    return StreamId.of("shelf", category.toString());
  }

  /// As it is now.
  Uni<Folded<Shelf>> load(CategoryId category) {
    return shelves.load(stream(category));
  }

  /// Whether the category takes the product; only by the very next event of the product's stream.
  ///
  /// @param productRevision of the product's stream, read just before
  Uni<Boolean> letIn(
      CategoryId category, ProductId product, long productRevision, CommandContext context) {
    return handle(
            category,
            new ShelfCommand.ShelveProduct(category, product, productRevision, clock.instant()),
            null,
            context)
        .map(outcome -> outcome instanceof Accepted);
  }

  Uni<Void> open(CategoryId category, CommandContext context) {
    return handle(category, new ShelfCommand.OpenShelf(category, clock.instant()), null, context)
        .replaceWithVoid();
  }

  /// The revision of the shelf that it is closed from.
  ///
  /// @param revision at which the shelf was looked at
  Uni<Long> close(CategoryId category, long revision, CommandContext context) {
    return handle(
            category, new ShelfCommand.CloseShelf(category, clock.instant()), revision, context)
        .map(outcome ->
            switch (outcome) {
              case Accepted<Shelf, ShelfEvent> closed -> closed.revision();
              case CommandOutcome.Rejected<Shelf, ShelfEvent>(var reason) ->
                  throw Errors.rejected(reason);
            });
  }

  /// Does nothing if the shelf has moved on: whoever closed it since decides about it.
  ///
  /// @param revision from which it is closed
  Uni<Void> reopen(CategoryId category, long revision, CommandContext context) {
    return handle(
            category, new ShelfCommand.ReopenShelf(category, clock.instant()), revision, context)
        .replaceWithVoid()
        .onFailure(ConcurrencyConflict.class)
        .recoverWithNull();
  }

  private Uni<CommandOutcome<Shelf, ShelfEvent>> handle(
      CategoryId category, ShelfCommand command, @Nullable Long revision, CommandContext context) {
    return shelves.handle(stream(category), command, context.further(revision));
  }
}
