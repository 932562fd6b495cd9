package io.kiroku.gateway.product;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kiroku.gateway.wire.Wire;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A product as it is shown.
@JsonInclude(JsonInclude.Include.NON_NULL)
record Product(
    String productId,
    String name,
    String description,
    long priceMinorUnits,
    String currency,
    String categoryId,
    long revision,
    @Nullable Instant createdAt) {
  static Product of(io.kiroku.proto.query.v1.Product product) {
    return new Product(
        product.getProductId(),
        product.getName(),
        product.getDescription(),
        product.getPriceMinorUnits(),
        product.getCurrency(),
        product.getCategoryId(),
        product.getRevision(),
        Wire.instant(product.getCreatedAt()));
  }
}
