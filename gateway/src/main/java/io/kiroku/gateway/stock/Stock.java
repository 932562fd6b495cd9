package io.kiroku.gateway.stock;

/// Pieces: received in all, reserved now, committed in all less what came back, and for sale.
record Stock(
    String productId, long received, long reserved, long committed, long available, long revision) {
  static Stock of(io.kiroku.proto.query.v1.Stock stock) {
    return new Stock(
        stock.getProductId(),
        stock.getReceived(),
        stock.getReserved(),
        stock.getCommitted(),
        stock.getAvailable(),
        stock.getRevision());
  }
}
