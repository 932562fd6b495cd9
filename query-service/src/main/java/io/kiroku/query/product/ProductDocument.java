package io.kiroku.query.product;

import io.kiroku.shared.Money;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/// One product.
///
/// @param discontinued no longer sold; it stays to be seen, because orders refer to it
@RegisterForReflection
record ProductDocument(
    String productId,
    String tenant,
    String name,
    String description,
    long priceMinorUnits,
    String currency,
    String categoryId,
    boolean discontinued,
    Instant createdAt) {
  ProductDocument saying(String nextName, String nextDescription) {
    return new ProductDocument(
        productId,
        tenant,
        nextName,
        nextDescription,
        priceMinorUnits,
        currency,
        categoryId,
        discontinued,
        createdAt);
  }

  ProductDocument at(Money price) {
    return new ProductDocument(
        productId,
        tenant,
        name,
        description,
        price.minorUnits(),
        price.currency().getCurrencyCode(),
        categoryId,
        discontinued,
        createdAt);
  }

  ProductDocument in(String nextCategoryId) {
    return new ProductDocument(
        productId,
        tenant,
        name,
        description,
        priceMinorUnits,
        currency,
        nextCategoryId,
        discontinued,
        createdAt);
  }

  ProductDocument noLongerSold() {
    return new ProductDocument(
        productId,
        tenant,
        name,
        description,
        priceMinorUnits,
        currency,
        categoryId,
        true,
        createdAt);
  }
}
