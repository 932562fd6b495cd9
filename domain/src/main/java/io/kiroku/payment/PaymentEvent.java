package io.kiroku.payment;

import io.kiroku.decider.EventType;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import java.time.Instant;

/// Facts about the payment of one order.
public sealed interface PaymentEvent {
  OrderId orderId();

  Instant at();

  @EventType("payment-capture-started.v1")
  record PaymentCaptureStarted(OrderId orderId, Money amount, Instant at) implements PaymentEvent {}

  @EventType("payment-captured.v1")
  record PaymentCaptured(OrderId orderId, Money amount, String providerReference, Instant at)
      implements PaymentEvent {}

  @EventType("payment-declined.v1")
  record PaymentDeclined(OrderId orderId, String code, Instant at) implements PaymentEvent {}

  @EventType("payment-refund-started.v1")
  record PaymentRefundStarted(OrderId orderId, Money amount, Instant at) implements PaymentEvent {}

  @EventType("payment-refunded.v1")
  record PaymentRefunded(OrderId orderId, Money amount, Instant at) implements PaymentEvent {}

  /// Nothing was captured, and every later capture is refused or refunded.
  @EventType("payment-voided.v1")
  record PaymentVoided(OrderId orderId, Instant at) implements PaymentEvent {}

  /// The payment was so already; nothing changed.
  @EventType("payment-step-repeated.v1")
  record PaymentStepRepeated(OrderId orderId, PaymentStep step, Instant at)
      implements PaymentEvent {}
}
