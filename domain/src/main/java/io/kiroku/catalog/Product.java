package io.kiroku.catalog;

import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.ProductId;

/// A product is on sale, no longer sold, or was never created.
public sealed interface Product {
  record Absent() implements Product {}

  record OnSale(
      ProductId productId, String name, String description, Money price, CategoryId categoryId)
      implements Product {
    public boolean isIn(CategoryId category) {
      return categoryId.equals(category);
    }
  }

  /// For good: orders that have it keep the name and price that they were placed with.
  record Discontinued(ProductId productId) implements Product {}
}
