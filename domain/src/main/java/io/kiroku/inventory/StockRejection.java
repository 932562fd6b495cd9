package io.kiroku.inventory;

import io.kiroku.decider.Rejection;

/// Why stock is refused. To a process the code comes as a fact in the stream, to a client as a
/// rejection.
public enum StockRejection implements Rejection {
  QUANTITY_OUT_OF_RANGE(Kind.INVALID, "The quantity must be 1 to 1,000,000."),
  ADJUSTMENT_OUT_OF_RANGE(
      Kind.INVALID, "An adjustment must be by 1 to 1,000,000 pieces, up or down."),
  REASON_BLANK(Kind.INVALID, "The note on the reason is empty."),
  REASON_TOO_LONG(Kind.INVALID, "The note on the reason is longer than 200 characters."),
  PRODUCT_NOT_FOUND(Kind.NOT_FOUND, "There is no such product."),
  INSUFFICIENT_STOCK(Kind.FORBIDDEN_BY_STATE, "There is not enough left."),
  RESERVATION_ALREADY_RELEASED(Kind.FORBIDDEN_BY_STATE, "The order gave its stock back already."),
  RESERVATION_EXPIRED(Kind.FORBIDDEN_BY_STATE, "The time of the reservation is over."),
  RESERVATION_NOT_EXPIRED(Kind.FORBIDDEN_BY_STATE, "The reservation still has time."),
  NOT_RESERVED(Kind.FORBIDDEN_BY_STATE, "Nothing is reserved for that order.");

  private final Kind kind;
  private final String detail;

  StockRejection(Kind kind, String detail) {
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
