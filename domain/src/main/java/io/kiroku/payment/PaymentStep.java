package io.kiroku.payment;

/// What a process can ask of a payment.
public enum PaymentStep {
  CAPTURE,
  REFUND
}
