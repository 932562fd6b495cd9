package io.kiroku.query.product;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/// One product.
@RegisterForReflection
record ProductDocument(
    String productId,
    String tenant,
    String name,
    String description,
    long priceMinorUnits,
    String currency,
    String categoryId,
    Instant createdAt) {}
