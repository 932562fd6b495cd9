package io.kiroku.catalog;

import io.kiroku.decider.EventType;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.ProductId;
import java.time.Instant;

/// Facts about one product.
public sealed interface ProductEvent {
  ProductId productId();

  Instant at();

  @EventType("product-created.v1")
  record ProductCreated(
      ProductId productId,
      String name,
      String description,
      Money price,
      CategoryId categoryId,
      Instant at)
      implements ProductEvent {}

  /// @param name as it is now, like `description`, whichever of them changed
  @EventType("product-updated.v1")
  record ProductUpdated(ProductId productId, String name, String description, Instant at)
      implements ProductEvent {}

  @EventType("product-price-changed.v1")
  record ProductPriceChanged(ProductId productId, Money price, Instant at)
      implements ProductEvent {}

  @EventType("product-category-changed.v1")
  record ProductCategoryChanged(ProductId productId, CategoryId categoryId, Instant at)
      implements ProductEvent {}

  @EventType("product-discontinued.v1")
  record ProductDiscontinued(ProductId productId, Instant at) implements ProductEvent {}

  /// A category that is being deleted has let the product in, but will not have it any more.
  /// Changes nothing about the product; the product may not even exist yet, and may still come to.
  @EventType("product-turned-away.v1")
  record ProductTurnedAway(ProductId productId, CategoryId categoryId, Instant at)
      implements ProductEvent {}
}
