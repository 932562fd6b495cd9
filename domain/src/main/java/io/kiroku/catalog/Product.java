package io.kiroku.catalog;

import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.ProductId;

/// A product is on sale, or was never created.
public sealed interface Product {
  record Absent() implements Product {}

  record OnSale(ProductId productId, String name, Money price, CategoryId categoryId)
      implements Product {}
}
