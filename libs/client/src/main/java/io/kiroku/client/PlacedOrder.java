package io.kiroku.client;

/// The answer to an order: it is placed, its fulfillment is on the way.
public record PlacedOrder(String orderId, String jobId, long totalMinorUnits, String currency) {}
