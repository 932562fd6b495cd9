package io.kiroku.payment;

import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import io.kiroku.payment.Payment.Absent;
import io.kiroku.payment.Payment.Captured;
import io.kiroku.payment.Payment.CapturedAfterVoid;
import io.kiroku.payment.Payment.Capturing;
import io.kiroku.payment.Payment.Declined;
import io.kiroku.payment.Payment.Refunded;
import io.kiroku.payment.Payment.Refunding;
import io.kiroku.payment.Payment.Voided;
import io.kiroku.payment.PaymentCommand.RecordCapture;
import io.kiroku.payment.PaymentCommand.RecordDecline;
import io.kiroku.payment.PaymentCommand.RecordRefund;
import io.kiroku.payment.PaymentCommand.StartCapture;
import io.kiroku.payment.PaymentCommand.StartRefund;
import io.kiroku.payment.PaymentEvent.PaymentCaptureStarted;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.payment.PaymentEvent.PaymentDeclined;
import io.kiroku.payment.PaymentEvent.PaymentRefundStarted;
import io.kiroku.payment.PaymentEvent.PaymentRefunded;
import io.kiroku.payment.PaymentEvent.PaymentStepRepeated;
import io.kiroku.payment.PaymentEvent.PaymentVoided;

/// The rules of one order's payment. Messages and the provider's answers may come late, twice and
/// in any order; money that was taken is always on record, and is given back once at most.
public final class PaymentDecider implements Decider<PaymentCommand, Payment, PaymentEvent> {
  @Override
  public Payment initial() {
    return new Absent();
  }

  @Override
  public Decision<PaymentEvent> decide(PaymentCommand command, Payment payment) {
    return switch (command) {
      case StartCapture start -> CaptureRules.start(start, payment);
      case RecordCapture capture -> CaptureRules.captured(capture, payment);
      case RecordDecline decline -> CaptureRules.declined(decline, payment);
      case StartRefund start -> RefundRules.start(start, payment);
      case RecordRefund refund -> RefundRules.refunded(refund, payment);
    };
  }

  @Override
  public Payment evolve(Payment payment, PaymentEvent event) {
    return switch (event) {
      case PaymentCaptureStarted(_, var amount, _) -> new Capturing(amount);
      case PaymentCaptured(_, var amount, var reference, _) ->
          payment instanceof Voided
              ? new CapturedAfterVoid(amount, reference)
              : new Captured(amount, reference);
      case PaymentDeclined(_, var code, _) -> declined(payment, code);
      case PaymentRefundStarted _ -> refunding(payment);
      case PaymentRefunded _ -> refunded(payment);
      case PaymentVoided _ -> new Voided();
      case PaymentStepRepeated _ -> payment;
    };
  }

  /// Only a payment that nothing else became of is a declined one.
  private static Payment declined(Payment payment, String code) {
    return switch (payment) {
      case Absent _, Capturing _, Declined _ -> new Declined(code);
      case Captured _, Refunding _, Refunded _, Voided _, CapturedAfterVoid _ -> payment;
    };
  }

  private static Payment refunding(Payment payment) {
    return switch (payment) {
      case Captured(var amount, var reference) -> new Refunding(amount, reference);
      case CapturedAfterVoid(var amount, var reference) -> new Refunding(amount, reference);
      case Absent _, Capturing _, Declined _, Refunding _, Refunded _, Voided _ -> payment;
    };
  }

  private static Payment refunded(Payment payment) {
    return payment instanceof Refunding(var amount, var reference)
        ? new Refunded(amount, reference)
        : payment;
  }
}
