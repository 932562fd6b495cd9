package io.kiroku.inventory;

/// What an order can ask of a product's stock.
public enum StockStep {
  RESERVE,
  RELEASE,
  COMMIT,
  RETURN
}
