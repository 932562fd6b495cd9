package io.kiroku.query.stock;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// Pieces of one product.
///
/// @param committed what left for good, less what came back
/// @param adjusted sum of all corrections, up and down
/// @param available what is left; stored, so that lists can ask for it
@RegisterForReflection
public record StockDocument(
    String productId,
    String tenant,
    long received,
    long reserved,
    long committed,
    long adjusted,
    long available) {
  StockDocument(
      String productId,
      String tenant,
      long received,
      long reserved,
      long committed,
      long adjusted) {
    this(
        productId,
        tenant,
        received,
        reserved,
        committed,
        adjusted,
        received + adjusted - reserved - committed);
  }

  StockDocument receiving(long quantity) {
    return new StockDocument(productId, tenant, received + quantity, reserved, committed, adjusted);
  }

  StockDocument reserving(long quantity) {
    return new StockDocument(productId, tenant, received, reserved + quantity, committed, adjusted);
  }

  StockDocument committing(long quantity) {
    return new StockDocument(productId, tenant, received, reserved, committed + quantity, adjusted);
  }

  StockDocument adjusting(long delta) {
    return new StockDocument(productId, tenant, received, reserved, committed, adjusted + delta);
  }
}
