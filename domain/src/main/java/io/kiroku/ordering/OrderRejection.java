package io.kiroku.ordering;

import io.kiroku.decider.Rejection;

/// Why an order is refused.
public enum OrderRejection implements Rejection {
  ORDER_EMPTY(Kind.INVALID, "The order has no lines."),
  TOO_MANY_LINES(Kind.INVALID, "The order has more than 50 lines."),
  QUANTITY_OUT_OF_RANGE(Kind.INVALID, "A line's quantity must be 1 to 999."),
  DUPLICATE_LINE(Kind.INVALID, "A product is on two lines."),
  PRICE_OUT_OF_RANGE(Kind.INVALID, "A line's price is not one that the shop sells at."),
  CURRENCIES_DIFFER(Kind.INVALID, "All lines must be in the shop's currency."),
  PAYMENT_TOKEN_BLANK(Kind.INVALID, "The payment token is empty."),
  ORDER_BELOW_MINIMUM(Kind.INVALID, "The total is below the shop's minimum."),
  ORDER_NOT_FOUND(Kind.NOT_FOUND, "There is no such order."),
  ORDER_ALREADY_PLACED(Kind.CONFLICT, "There is an order with that id already."),
  ORDER_CANCELLED(Kind.FORBIDDEN_BY_STATE, "The order has been cancelled.");

  private final Kind kind;
  private final String detail;

  OrderRejection(Kind kind, String detail) {
    this.kind = kind;
    this.detail = detail;
  }

  @Override
  public String code() {
    return name();
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String detail() {
    return detail;
  }
}
