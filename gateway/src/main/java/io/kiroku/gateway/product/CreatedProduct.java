package io.kiroku.gateway.product;

/// Where to find the new product, and its revision.
record CreatedProduct(String productId, long revision) {}
