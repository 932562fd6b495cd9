package io.kiroku.payment;

import io.kiroku.decider.Rejection;

/// Why a payment refuses. All but the last two come as codes of [PaymentEvent.PaymentDeclined].
public enum PaymentRejection implements Rejection {
  INSUFFICIENT_FUNDS(Kind.FORBIDDEN_BY_STATE, "The account does not cover the amount."),
  INVALID_PAYMENT_METHOD(Kind.INVALID, "The provider does not know that payment method."),
  FRAUD_SUSPECTED(Kind.FORBIDDEN_BY_STATE, "The provider suspects fraud."),
  PROVIDER_UNAVAILABLE(Kind.FORBIDDEN_BY_STATE, "The provider is not available just now."),
  PAYMENT_VOIDED(Kind.FORBIDDEN_BY_STATE, "The payment has been voided or given back."),
  CAPTURED_TWICE(Kind.CONFLICT, "The provider reports a second capture for one order."),
  NOTHING_TO_REFUND(Kind.FORBIDDEN_BY_STATE, "No refund has been started.");

  private final Kind kind;
  private final String detail;

  PaymentRejection(Kind kind, String detail) {
    this.kind = kind;
    this.detail = detail;
  }

  /// Whether another attempt may end otherwise. Unknown codes are: the process bounds attempts.
  public static boolean isRetryable(String code) {
    return !code.equals(INSUFFICIENT_FUNDS.code())
        && !code.equals(INVALID_PAYMENT_METHOD.code())
        && !code.equals(FRAUD_SUSPECTED.code());
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
