package io.kiroku.gateway.order;

import io.kiroku.gateway.request.Checks;
import org.jspecify.annotations.Nullable;

/// Pieces of one product.
record OrderItem(@Nullable String productId, @Nullable Integer quantity) {
  private static final int QUANTITY_MAX = 999;

  io.kiroku.proto.ordering.v1.OrderItem toMessage(String path, Checks checks) {
    return io.kiroku.proto.ordering.v1.OrderItem.newBuilder()
        .setProductId(checks.id(path + ".productId", productId))
        .setQuantity((int) checks.within(path + ".quantity", quantity, 1, QUANTITY_MAX))
        .build();
  }
}
