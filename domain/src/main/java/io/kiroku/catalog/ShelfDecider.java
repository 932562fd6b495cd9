package io.kiroku.catalog;

import io.kiroku.catalog.ShelfCommand.CloseShelf;
import io.kiroku.catalog.ShelfCommand.OpenShelf;
import io.kiroku.catalog.ShelfCommand.ReopenShelf;
import io.kiroku.catalog.ShelfCommand.ShelveProduct;
import io.kiroku.catalog.ShelfEvent.ProductShelved;
import io.kiroku.catalog.ShelfEvent.ShelfClosed;
import io.kiroku.catalog.ShelfEvent.ShelfOpened;
import io.kiroku.catalog.ShelfEvent.ShelfReopened;
import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import org.pcollections.HashTreePMap;

/// The rules of one category's shelf. It is what a product that enters the category and the
/// deletion of the category both write to, so that one of them comes first.
public final class ShelfDecider implements Decider<ShelfCommand, Shelf, ShelfEvent> {
  @Override
  public Shelf initial() {
    return Shelf.EMPTY;
  }

  @Override
  public Decision<ShelfEvent> decide(ShelfCommand command, Shelf shelf) {
    return switch (command) {
      case OpenShelf(var id, var now) ->
          shelf.opened() ? Decision.accept() : Decision.accept(new ShelfOpened(id, now));
      case ShelveProduct shelve -> shelve(shelve, shelf);
      case CloseShelf(var id, var now) -> Decision.accept(new ShelfClosed(id, now));
      case ReopenShelf(var id, var now) ->
          shelf.closed() ? Decision.accept(new ShelfReopened(id, now)) : Decision.accept();
    };
  }

  @Override
  public Shelf evolve(Shelf shelf, ShelfEvent event) {
    return switch (event) {
      case ShelfOpened _ -> new Shelf(true, shelf.closed(), shelf.products());
      case ProductShelved(_, var product, var revision, _) -> shelf.with(product, revision);
      case ShelfClosed _ -> new Shelf(shelf.opened(), true, HashTreePMap.empty());
      case ShelfReopened _ -> new Shelf(shelf.opened(), false, shelf.products());
    };
  }

  private static Decision<ShelfEvent> shelve(ShelveProduct shelve, Shelf shelf) {
    if (shelf.closed()) {
      return Decision.reject(CatalogRejection.CATEGORY_NOT_FOUND);
    }
    return shelf.hasLetIn(shelve.productId(), shelve.productRevision())
        ? Decision.accept()
        : Decision.accept(
            new ProductShelved(
                shelve.categoryId(), shelve.productId(), shelve.productRevision(), shelve.now()));
  }
}
