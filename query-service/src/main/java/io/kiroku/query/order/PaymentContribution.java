package io.kiroku.query.order;

import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.Recorded;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.payment.PaymentEvent.PaymentCaptureStarted;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.payment.PaymentEvent.PaymentDeclined;
import io.kiroku.payment.PaymentEvent.PaymentRefundStarted;
import io.kiroku.payment.PaymentEvent.PaymentRefunded;
import io.kiroku.payment.PaymentEvent.PaymentStepRepeated;
import io.kiroku.payment.PaymentEvent.PaymentVoided;
import io.kiroku.projection.Change;
import io.kiroku.query.running.Part;
import org.jspecify.annotations.Nullable;

final class PaymentContribution extends Part<PaymentPart, PaymentEvent> {
  static final String CATEGORY = "payment";
  private static final EventTypes TYPES = EventTypes.of(PaymentEvent.class);

  PaymentContribution() {
    super(CATEGORY, PaymentPart.class, TYPES);
  }

  @Override
  public Change<PaymentPart> apply(
      @Nullable PaymentPart document, Recorded<PaymentEvent> recorded) {
    PaymentPart payment = document == null ? PaymentPart.NONE : document;
    return switch (recorded.event()) {
      case PaymentCaptureStarted _ -> Change.upsert(payment.in("CAPTURE_STARTED"));
      case PaymentCaptured e ->
          Change.upsert(
              new PaymentPart(
                  "CAPTURED", e.amount().minorUnits(), payment.refundedMinorUnits(), ""));
      case PaymentDeclined e ->
          Change.upsert(
              new PaymentPart(
                  "DECLINED",
                  payment.capturedMinorUnits(),
                  payment.refundedMinorUnits(),
                  e.code()));
      case PaymentRefunded e ->
          Change.upsert(
              new PaymentPart(
                  "REFUNDED", payment.capturedMinorUnits(), e.amount().minorUnits(), ""));
      case PaymentVoided _ -> Change.upsert(payment.in("VOIDED"));
      case PaymentRefundStarted _, PaymentStepRepeated _ -> Change.unchanged();
    };
  }
}
