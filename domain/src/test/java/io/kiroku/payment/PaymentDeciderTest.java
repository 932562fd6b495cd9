package io.kiroku.payment;

import static io.kiroku.payment.PaymentRejection.CAPTURED_TWICE;
import static io.kiroku.payment.PaymentRejection.NOTHING_TO_REFUND;

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
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.testing.DeciderSpec;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PaymentDeciderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final OrderId ID = new OrderId(new UUID(0, 1));
  private static final Money PRICE = Money.yen(1_200);

  private static final StartCapture START_CAPTURE = new StartCapture(ID, PRICE, NOW);
  private static final RecordCapture RECORD_CAPTURE = new RecordCapture(ID, PRICE, "pay_1", NOW);
  private static final StartRefund START_REFUND = new StartRefund(ID, NOW);
  private static final RecordRefund RECORD_REFUND = new RecordRefund(ID, NOW);

  private static final PaymentCaptureStarted STARTED = new PaymentCaptureStarted(ID, PRICE, NOW);
  private static final PaymentCaptured CAPTURED = new PaymentCaptured(ID, PRICE, "pay_1", NOW);
  private static final PaymentDeclined DECLINED_FOR_GOOD = declined("INSUFFICIENT_FUNDS");
  private static final PaymentDeclined DECLINED_FOR_NOW = declined("PROVIDER_UNAVAILABLE");
  private static final PaymentDeclined REFUSED_AS_VOIDED = declined("PAYMENT_VOIDED");
  private static final PaymentRefundStarted REFUNDING = new PaymentRefundStarted(ID, PRICE, NOW);
  private static final PaymentRefunded REFUNDED = new PaymentRefunded(ID, PRICE, NOW);
  private static final PaymentVoided VOIDED = new PaymentVoided(ID, NOW);
  private static final PaymentStepRepeated CAPTURE_REPEATED =
      new PaymentStepRepeated(ID, PaymentStep.CAPTURE, NOW);
  private static final PaymentStepRepeated REFUND_REPEATED =
      new PaymentStepRepeated(ID, PaymentStep.REFUND, NOW);

  private final DeciderSpec<PaymentCommand, Payment, PaymentEvent> payment =
      DeciderSpec.of(new PaymentDecider());

  @Test
  void a_capture_is_started_before_the_provider_is_asked_and_recorded_after() {
    payment.given().when(START_CAPTURE).then(STARTED).thenState(new Capturing(PRICE));
    payment
        .given(STARTED)
        .when(RECORD_CAPTURE)
        .then(CAPTURED)
        .thenState(new Captured(PRICE, "pay_1"));
  }

  @Test
  void a_capture_under_way_is_not_started_again_nor_called_done() {
    payment.given(STARTED).when(START_CAPTURE).thenNothing();
  }

  @Test
  void a_capture_that_is_done_is_a_repetition() {
    payment.given(STARTED, CAPTURED).when(START_CAPTURE).then(CAPTURE_REPEATED);
    payment.given(STARTED, CAPTURED).when(RECORD_CAPTURE).then(CAPTURE_REPEATED);
  }

  @Test
  void a_second_capture_at_the_provider_is_refused_loudly() {
    var second = new RecordCapture(ID, PRICE, "pay_2", NOW);
    payment.given(STARTED, CAPTURED).when(second).thenRejected(CAPTURED_TWICE);
    payment.given(STARTED, CAPTURED, REFUNDING).when(second).thenRejected(CAPTURED_TWICE);
    payment.given(STARTED, CAPTURED, REFUNDING, REFUNDED).when(second).thenRejected(CAPTURED_TWICE);
    payment.given(STARTED, VOIDED, CAPTURED).when(second).thenRejected(CAPTURED_TWICE);
  }

  @Test
  void a_decline_is_recorded() {
    payment
        .given(STARTED)
        .when(new RecordDecline(ID, "INSUFFICIENT_FUNDS", NOW))
        .then(DECLINED_FOR_GOOD)
        .thenState(new Declined("INSUFFICIENT_FUNDS"));
  }

  @Test
  void after_a_decline_that_may_pass_the_provider_is_asked_again() {
    payment.given(STARTED, DECLINED_FOR_NOW).when(START_CAPTURE).then(STARTED);
  }

  @Test
  void a_final_decline_is_given_again_without_asking_the_provider() {
    payment.given(STARTED, DECLINED_FOR_GOOD).when(START_CAPTURE).then(DECLINED_FOR_GOOD);
  }

  @Test
  void a_capture_that_another_attempt_thought_declined_is_on_record() {
    payment
        .given(STARTED, DECLINED_FOR_NOW)
        .when(RECORD_CAPTURE)
        .then(CAPTURED)
        .thenState(new Captured(PRICE, "pay_1"));
  }

  @Test
  void a_capture_stands_against_another_attempts_decline() {
    payment
        .given(STARTED, CAPTURED)
        .when(new RecordDecline(ID, "PROVIDER_UNAVAILABLE", NOW))
        .then(CAPTURE_REPEATED)
        .thenState(new Captured(PRICE, "pay_1"));
  }

  @Test
  void what_was_captured_is_refunded_once() {
    payment
        .given(STARTED, CAPTURED)
        .when(START_REFUND)
        .then(REFUNDING)
        .thenState(new Refunding(PRICE, "pay_1"));
    payment
        .given(STARTED, CAPTURED, REFUNDING)
        .when(RECORD_REFUND)
        .then(REFUNDED)
        .thenState(new Refunded(PRICE, "pay_1"));
    payment.given(STARTED, CAPTURED, REFUNDING).when(START_REFUND).thenNothing();
    payment.given(STARTED, CAPTURED, REFUNDING, REFUNDED).when(START_REFUND).then(REFUND_REPEATED);
    payment.given(STARTED, CAPTURED, REFUNDING, REFUNDED).when(RECORD_REFUND).then(REFUND_REPEATED);
  }

  @Test
  void what_was_not_captured_is_voided() {
    payment.given().when(START_REFUND).then(VOIDED).thenState(new Voided());
    payment.given(STARTED).when(START_REFUND).then(VOIDED).thenState(new Voided());
    payment.given(STARTED, DECLINED_FOR_NOW).when(START_REFUND).then(VOIDED);
    payment.given(VOIDED).when(START_REFUND).then(REFUND_REPEATED);
  }

  @Test
  void trap_27_a_capture_that_comes_after_the_compensation_never_charges() {
    payment.given(VOIDED).when(START_CAPTURE).then(REFUSED_AS_VOIDED).thenState(new Voided());
    payment
        .given(STARTED, CAPTURED, REFUNDING)
        .when(START_CAPTURE)
        .then(REFUSED_AS_VOIDED)
        .thenState(new Refunding(PRICE, "pay_1"));
    payment
        .given(STARTED, CAPTURED, REFUNDING, REFUNDED)
        .when(START_CAPTURE)
        .then(REFUSED_AS_VOIDED)
        .thenState(new Refunded(PRICE, "pay_1"));
  }

  @Test
  void a_provider_that_captured_after_the_void_is_on_record_and_gives_the_money_back() {
    payment
        .given(STARTED, VOIDED)
        .when(RECORD_CAPTURE)
        .then(CAPTURED)
        .thenState(new CapturedAfterVoid(PRICE, "pay_1"));
    payment
        .given(STARTED, VOIDED, CAPTURED)
        .when(START_REFUND)
        .then(REFUNDING)
        .thenState(new Refunding(PRICE, "pay_1"));
    payment.given(STARTED, VOIDED, CAPTURED).when(START_CAPTURE).then(REFUSED_AS_VOIDED);
    payment.given(STARTED, VOIDED, CAPTURED).when(RECORD_CAPTURE).then(CAPTURE_REPEATED);
  }

  @Test
  void a_decline_after_the_void_changes_nothing() {
    payment
        .given(STARTED, VOIDED)
        .when(new RecordDecline(ID, "INSUFFICIENT_FUNDS", NOW))
        .then(REFUSED_AS_VOIDED)
        .thenState(new Voided());
  }

  @Test
  void a_refund_that_was_not_started_is_refused() {
    payment.given(STARTED, CAPTURED).when(RECORD_REFUND).thenRejected(NOTHING_TO_REFUND);
    payment.given().when(RECORD_REFUND).thenRejected(NOTHING_TO_REFUND);
    payment.given(VOIDED).when(RECORD_REFUND).thenRejected(NOTHING_TO_REFUND);
  }

  private static PaymentDeclined declined(String code) {
    return new PaymentDeclined(ID, code, NOW);
  }
}
