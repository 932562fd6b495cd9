package io.kiroku.command.ordering;

import io.kiroku.shared.OrderId;

/// A saga asks for something about an order that is not there: trying again does not help.
public final class OrderMissing extends RuntimeException {
  private static final long serialVersionUID = 1;

  OrderMissing(OrderId id) {
    super("There is no order " + id);
  }
}
