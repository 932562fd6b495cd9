package io.kiroku.client;

/// @param quantity pieces, 1 to 999
public record OrderItem(String productId, int quantity) {}
