package io.kiroku.payment;

import io.kiroku.decider.Decision;
import io.kiroku.payment.Payment.Absent;
import io.kiroku.payment.Payment.Captured;
import io.kiroku.payment.Payment.CapturedAfterVoid;
import io.kiroku.payment.Payment.Capturing;
import io.kiroku.payment.Payment.Declined;
import io.kiroku.payment.Payment.Refunded;
import io.kiroku.payment.Payment.Refunding;
import io.kiroku.payment.Payment.Voided;
import io.kiroku.payment.PaymentCommand.RecordRefund;
import io.kiroku.payment.PaymentCommand.StartRefund;
import io.kiroku.payment.PaymentEvent.PaymentRefundStarted;
import io.kiroku.payment.PaymentEvent.PaymentRefunded;
import io.kiroku.payment.PaymentEvent.PaymentStepRepeated;
import io.kiroku.payment.PaymentEvent.PaymentVoided;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import java.time.Instant;

/// Giving the money back, or seeing to it that none is taken.
final class RefundRules {
  private RefundRules() {}

  static Decision<PaymentEvent> start(StartRefund start, Payment payment) {
    var order = start.orderId();
    var now = start.now();
    return switch (payment) {
      case Absent _, Capturing _, Declined _ -> Decision.accept(new PaymentVoided(order, now));
      case Captured(var amount, _) -> started(order, amount, now);
      case CapturedAfterVoid(var amount, _) -> started(order, amount, now);
      case Refunding _ -> Decision.accept(); // the provider's answer will be the fact
      case Refunded _, Voided _ -> repeated(order, now);
    };
  }

  static Decision<PaymentEvent> refunded(RecordRefund refund, Payment payment) {
    return switch (payment) {
      case Refunding(var amount, _) ->
          Decision.accept(new PaymentRefunded(refund.orderId(), amount, refund.now()));
      case Refunded _ -> repeated(refund.orderId(), refund.now());
      case Absent _, Capturing _, Captured _, Declined _, Voided _, CapturedAfterVoid _ ->
          Decision.reject(PaymentRejection.NOTHING_TO_REFUND);
    };
  }

  private static Decision<PaymentEvent> started(OrderId order, Money amount, Instant now) {
    return Decision.accept(new PaymentRefundStarted(order, amount, now));
  }

  private static Decision<PaymentEvent> repeated(OrderId order, Instant now) {
    return Decision.accept(new PaymentStepRepeated(order, PaymentStep.REFUND, now));
  }
}
