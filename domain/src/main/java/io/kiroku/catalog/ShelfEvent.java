package io.kiroku.catalog;

import io.kiroku.decider.EventType;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.ProductId;
import java.time.Instant;

/// Facts about which products one category has let in.
public sealed interface ShelfEvent {
  CategoryId categoryId();

  Instant at();

  /// No product is left in the category from the time before there were shelves: whatever gets
  /// there from now on is shelved first.
  @EventType("shelf-opened.v1")
  record ShelfOpened(CategoryId categoryId, Instant at) implements ShelfEvent {}

  /// The product may now be created in the category, or moved to it, by the next event of its own
  /// stream and by no later one.
  ///
  /// @param productRevision of the product's stream, -1 for a product that is to be created
  @EventType("product-shelved.v1")
  record ProductShelved(
      CategoryId categoryId, ProductId productId, long productRevision, Instant at)
      implements ShelfEvent {}

  /// None of the products that were shelved is in the category, or can still get there.
  @EventType("shelf-closed.v1")
  record ShelfClosed(CategoryId categoryId, Instant at) implements ShelfEvent {}

  /// The category was not deleted after all.
  @EventType("shelf-reopened.v1")
  record ShelfReopened(CategoryId categoryId, Instant at) implements ShelfEvent {}
}
