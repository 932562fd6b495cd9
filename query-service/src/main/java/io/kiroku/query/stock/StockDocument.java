package io.kiroku.query.stock;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// Pieces of one product.
///
/// @param committed what left for good, less what came back
@RegisterForReflection
record StockDocument(
    String productId, String tenant, long received, long reserved, long committed) {
  long available() {
    return received - reserved - committed;
  }

  StockDocument receiving(long quantity) {
    return new StockDocument(productId, tenant, received + quantity, reserved, committed);
  }

  StockDocument reserving(long quantity) {
    return new StockDocument(productId, tenant, received, reserved + quantity, committed);
  }

  StockDocument committing(long quantity) {
    return new StockDocument(productId, tenant, received, reserved, committed + quantity);
  }
}
