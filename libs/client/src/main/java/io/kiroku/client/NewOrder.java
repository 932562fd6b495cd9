package io.kiroku.client;

import java.util.List;

/// @param paymentToken the provider's token; never card data
public record NewOrder(List<OrderItem> items, Address shippingAddress, String paymentToken) {
  public NewOrder {
    items = List.copyOf(items);
  }
}
