package io.kiroku.ordering;

import io.kiroku.shared.Money;
import io.kiroku.shared.ProductId;

/// A product in an order, with its name and price at the time of placing.
public record OrderLine(ProductId productId, String name, int quantity, Money unitPrice) {
  Money total() {
    return unitPrice.times(quantity);
  }
}
