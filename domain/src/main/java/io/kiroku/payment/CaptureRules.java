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
import io.kiroku.payment.PaymentCommand.RecordCapture;
import io.kiroku.payment.PaymentCommand.RecordDecline;
import io.kiroku.payment.PaymentCommand.StartCapture;
import io.kiroku.payment.PaymentEvent.PaymentCaptureStarted;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.payment.PaymentEvent.PaymentDeclined;
import io.kiroku.payment.PaymentEvent.PaymentStepRepeated;
import io.kiroku.shared.OrderId;
import java.time.Instant;

/// Taking the money.
final class CaptureRules {
  private CaptureRules() {}

  /// A decline that is final is given again without asking the provider. A capture that is already
  /// being asked for records nothing: its answer will be the fact.
  static Decision<PaymentEvent> start(StartCapture start, Payment payment) {
    var order = start.orderId();
    var now = start.now();
    return switch (payment) {
      case Absent _ -> started(start);
      case Capturing _ -> Decision.accept();
      case Captured _ -> repeated(order, now);
      case Declined(var code) ->
          PaymentRejection.isRetryable(code)
              ? started(start)
              : Decision.accept(new PaymentDeclined(order, code, now));
      case Refunding _, Refunded _, Voided _, CapturedAfterVoid _ -> refusedAsVoided(order, now);
    };
  }

  /// A capture is a fact even where it should not have happened: after a void it has to be on
  /// record to be given back.
  static Decision<PaymentEvent> captured(RecordCapture capture, Payment payment) {
    return switch (payment) {
      case Absent _, Capturing _, Declined _, Voided _ ->
          Decision.accept(
              new PaymentCaptured(
                  capture.orderId(), capture.amount(), capture.providerReference(), capture.now()));
      case Captured(_, var reference) -> again(capture, reference);
      case Refunding(_, var reference) -> again(capture, reference);
      case Refunded(_, var reference) -> again(capture, reference);
      case CapturedAfterVoid(_, var reference) -> again(capture, reference);
    };
  }

  static Decision<PaymentEvent> declined(RecordDecline decline, Payment payment) {
    var order = decline.orderId();
    var now = decline.now();
    return switch (payment) {
      case Absent _, Capturing _, Declined _ ->
          Decision.accept(new PaymentDeclined(order, decline.code(), now));
      case Captured _ -> repeated(order, now); // another attempt's capture stands
      case Refunding _, Refunded _, Voided _, CapturedAfterVoid _ -> refusedAsVoided(order, now);
    };
  }

  private static Decision<PaymentEvent> again(RecordCapture capture, String knownReference) {
    return capture.providerReference().equals(knownReference)
        ? repeated(capture.orderId(), capture.now())
        : Decision.reject(PaymentRejection.CAPTURED_TWICE);
  }

  private static Decision<PaymentEvent> started(StartCapture start) {
    return Decision.accept(new PaymentCaptureStarted(start.orderId(), start.amount(), start.now()));
  }

  private static Decision<PaymentEvent> repeated(OrderId order, Instant now) {
    return Decision.accept(new PaymentStepRepeated(order, PaymentStep.CAPTURE, now));
  }

  private static Decision<PaymentEvent> refusedAsVoided(OrderId order, Instant now) {
    return Decision.accept(new PaymentDeclined(order, PaymentRejection.PAYMENT_VOIDED.code(), now));
  }
}
