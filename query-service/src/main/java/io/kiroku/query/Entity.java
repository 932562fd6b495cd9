package io.kiroku.query;

import io.kiroku.service.error.Errors;
import java.util.Optional;

/// What queries ask for; an unknown one is `ORDER_NOT_FOUND` and the like.
enum Entity {
  CATEGORY("No such category."),
  PRODUCT("No such product."),
  STOCK("Nothing of this was ever in stock."),
  ORDER("No such order."),
  FULFILLMENT("No such fulfillment."),
  PAYMENT("No such payment."),
  SHIPMENT("No such shipment."),
  EVENT("No such event.");

  private final String unknown;

  Entity(String unknown) {
    this.unknown = unknown;
  }

  /// Fails with `NOT_FOUND`.
  <T> T orNotFound(Optional<T> found) {
    return found.orElseThrow(() -> Errors.notFound(name() + "_NOT_FOUND", unknown));
  }
}
