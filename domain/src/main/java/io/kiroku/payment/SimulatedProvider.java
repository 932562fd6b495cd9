package io.kiroku.payment;

import java.util.Optional;

/// The rules of the built-in payment provider: what each test token does, always the same.
///
/// | token | outcome |
/// |---|---|
/// | `tok_ok…` | captures |
/// | `tok_insufficient_funds` | declines with `INSUFFICIENT_FUNDS` |
/// | `tok_fraud` | declines with `FRAUD_SUSPECTED` |
/// | `tok_temporarily_unavailable` | declines with `PROVIDER_UNAVAILABLE`, every time (the simulator over HTTP plays a real outage) |
/// | `tok_invalid_method`, any other | declines with `INVALID_PAYMENT_METHOD` |
public final class SimulatedProvider {
  private SimulatedProvider() {}

  /// Empty if the token captures.
  public static Optional<PaymentRejection> declines(String token) {
    return switch (token) {
      case "tok_insufficient_funds" -> Optional.of(PaymentRejection.INSUFFICIENT_FUNDS);
      case "tok_fraud" -> Optional.of(PaymentRejection.FRAUD_SUSPECTED);
      case "tok_temporarily_unavailable" -> Optional.of(PaymentRejection.PROVIDER_UNAVAILABLE);
      default ->
          token.startsWith("tok_ok")
              ? Optional.empty()
              : Optional.of(PaymentRejection.INVALID_PAYMENT_METHOD);
    };
  }
}
