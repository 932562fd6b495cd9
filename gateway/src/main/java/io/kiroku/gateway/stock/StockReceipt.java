package io.kiroku.gateway.stock;

import io.kiroku.gateway.request.Checks;
import io.kiroku.proto.inventory.v1.ReceiveStockRequest;
import org.jspecify.annotations.Nullable;

/// Pieces that came in.
///
/// @param expectedRevision revision that the stock must have (-1: nothing recorded); absent: any
record StockReceipt(@Nullable Long quantity, @Nullable Long expectedRevision) {
  ReceiveStockRequest toRequest(String productId, @Nullable Long expected) {
    Checks checks = new Checks();
    ReceiveStockRequest.Builder request =
        ReceiveStockRequest.newBuilder()
            .setProductId(productId)
            .setQuantity(checks.within("quantity", quantity, 1, 1_000_000));
    if (expected != null) {
      request.setExpectedRevision(checks.within("expectedRevision", expected, -1, Long.MAX_VALUE));
    }
    checks.done();
    return request.build();
  }
}
