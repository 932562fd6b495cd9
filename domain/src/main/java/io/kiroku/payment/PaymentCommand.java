package io.kiroku.payment;

import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import java.time.Instant;

/// Orders to the payment of one order. `Start…` comes before the provider is asked, `Record…` after
/// it has answered.
public sealed interface PaymentCommand {
  OrderId orderId();

  /// If the payment is [Payment.Capturing] afterwards, the provider has to be asked, again if need
  /// be: its idempotency key is the order.
  record StartCapture(OrderId orderId, Money amount, Instant now) implements PaymentCommand {}

  /// The money was taken, whatever has been decided since: never refused for being late.
  record RecordCapture(OrderId orderId, Money amount, String providerReference, Instant now)
      implements PaymentCommand {}

  record RecordDecline(OrderId orderId, String code, Instant now) implements PaymentCommand {}

  /// Gives back what was captured, or sees to it that nothing ever is. If the payment is
  /// [Payment.Refunding] afterwards, the provider has to be asked.
  record StartRefund(OrderId orderId, Instant now) implements PaymentCommand {}

  record RecordRefund(OrderId orderId, Instant now) implements PaymentCommand {}
}
