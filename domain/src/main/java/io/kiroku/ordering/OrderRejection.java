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
  TRACKING_NUMBER_OUT_OF_RANGE(Kind.INVALID, "The tracking number must have 1 to 100 characters."),
  FAILURE_CODE_INVALID(
      Kind.INVALID, "A code is upper-case words joined by underscores, at most 64 characters."),
  RETURN_REASON_INVALID(
      Kind.INVALID, "A reason is upper-case words joined by underscores, at most 64 characters."),
  ORDER_NOT_FOUND(Kind.NOT_FOUND, "There is no such order."),
  ORDER_ALREADY_PLACED(Kind.CONFLICT, "There is an order with that id already."),
  ITEM_NOT_IN_ORDER(Kind.NOT_FOUND, "That product is not in the order."),
  ITEM_ALREADY_IN_ORDER(Kind.CONFLICT, "That product is in the order already."),
  DRAFT_CHANGED(Kind.CONFLICT, "The draft was changed at the same moment."),
  ORDER_NOT_A_DRAFT(Kind.FORBIDDEN_BY_STATE, "The order is no draft any more."),
  ORDER_NOT_PLACED(Kind.FORBIDDEN_BY_STATE, "The order was never placed."),
  ORDER_NOT_CONFIRMED(Kind.FORBIDDEN_BY_STATE, "The order is not confirmed yet."),
  ORDER_NOT_SHIPPED(Kind.FORBIDDEN_BY_STATE, "The order is not on its way yet."),
  ORDER_ALREADY_SHIPPED(Kind.FORBIDDEN_BY_STATE, "The order is on its way."),
  ORDER_NOT_DELIVERED(Kind.FORBIDDEN_BY_STATE, "The order is not delivered yet."),
  RETURN_TOO_LATE(
      Kind.FORBIDDEN_BY_STATE, "The order was delivered too long ago to be given back."),
  RETURN_REFUSED(
      Kind.FORBIDDEN_BY_STATE, "The order's return was refused, or the goods never came."),
  RETURN_NOT_REQUESTED(Kind.FORBIDDEN_BY_STATE, "Nobody wants to give the order back."),
  CANCELLATION_TOO_LATE(
      Kind.FORBIDDEN_BY_STATE, "The order was confirmed too long ago to be cancelled."),
  ORDER_FAILED(Kind.FORBIDDEN_BY_STATE, "The order could not be carried out."),
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
