package io.kiroku.client;

/// Pieces of a product: received in all, reserved now, committed in all, for sale.
public record StockView(
    String productId, long received, long reserved, long committed, long available) {}
