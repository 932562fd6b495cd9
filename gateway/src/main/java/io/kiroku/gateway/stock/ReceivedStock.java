package io.kiroku.gateway.stock;

/// What can be sold now, and the stock's revision.
record ReceivedStock(String productId, long available, long revision) {}
