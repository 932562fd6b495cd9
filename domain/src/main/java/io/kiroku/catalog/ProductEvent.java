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
}
