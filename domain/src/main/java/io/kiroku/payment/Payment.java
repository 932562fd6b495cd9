package io.kiroku.payment;

import io.kiroku.shared.Money;

/// One type per state of an order's payment.
public sealed interface Payment {
  record Absent() implements Payment {}

  /// The provider is being asked; whoever sees this may ask it again.
  record Capturing(Money amount) implements Payment {}

  record Captured(Money amount, String providerReference) implements Payment {}

  record Declined(String code) implements Payment {}

  record Refunding(Money amount, String providerReference) implements Payment {}

  record Refunded(Money amount, String providerReference) implements Payment {}

  record Voided() implements Payment {}

  /// The provider took the money after all; whoever sees this has to refund it at once.
  record CapturedAfterVoid(Money amount, String providerReference) implements Payment {}
}
