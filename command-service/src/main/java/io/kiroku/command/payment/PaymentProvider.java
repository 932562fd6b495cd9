package io.kiroku.command.payment;

import io.kiroku.shared.Money;
import io.smallrye.mutiny.Uni;

/// Port to whoever moves the money. Every call may be repeated with the same key: its effect
/// happens once, and the answer is the first one. A provider that cannot be reached fails with
/// [java.io.IOException]; the call is then repeated.
public interface PaymentProvider {
  /// @param idempotencyKey one per order: an order is paid once
  /// @param token the provider's own reference to the customer's means of payment
  Uni<CaptureAnswer> capture(String idempotencyKey, Money amount, String token);

  /// @param reference the provider's, from the capture
  Uni<Void> refund(String idempotencyKey, String reference, Money amount);

  /// Whatever was begun under the key must not take money any more.
  Uni<Void> voidCapture(String idempotencyKey);

  /// What the provider said.
  sealed interface CaptureAnswer {
    record Captured(String reference) implements CaptureAnswer {}

    record Declined(String code) implements CaptureAnswer {}
  }
}
