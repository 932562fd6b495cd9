package io.kiroku.catalog;

import io.kiroku.shared.CategoryId;
import io.kiroku.shared.ProductId;
import java.time.Instant;

/// Orders to the shelf of one category. All but shelving are part of deleting the category.
public sealed interface ShelfCommand {
  /// Only once no product from the time before there were shelves is on sale in the category.
  record OpenShelf(CategoryId categoryId, Instant now) implements ShelfCommand {}

  /// Before a product is created in the category or moved to it.
  ///
  /// @param productRevision what the product's stream was at just before, -1 for no stream
  record ShelveProduct(
      CategoryId categoryId, ProductId productId, long productRevision, Instant now)
      implements ShelfCommand {}

  /// Only by who knows that none of its products is in the category or can still get there. Closing
  /// is done anew by each deletion, also of a shelf that is closed.
  record CloseShelf(CategoryId categoryId, Instant now) implements ShelfCommand {}

  record ReopenShelf(CategoryId categoryId, Instant now) implements ShelfCommand {}
}
