package io.kiroku.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.decider.Decision.Accepted;
import io.kiroku.payment.PaymentCommand.RecordCapture;
import io.kiroku.payment.PaymentCommand.RecordDecline;
import io.kiroku.payment.PaymentCommand.RecordRefund;
import io.kiroku.payment.PaymentCommand.StartCapture;
import io.kiroku.payment.PaymentCommand.StartRefund;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.payment.PaymentEvent.PaymentRefunded;
import io.kiroku.payment.PaymentEvent.PaymentVoided;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Many payments whose messages and answers come in any order and more than once.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PaymentInvariantsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final OrderId ID = new OrderId(new UUID(0, 1));
  private static final Money PRICE = Money.yen(1_200);
  private static final int SEEDS = 2_000;

  private final PaymentDecider decider = new PaymentDecider();

  @Test
  void never_more_is_refunded_than_was_captured_and_nothing_twice() {
    for (int seed = 0; seed < SEEDS; seed++) {
      List<PaymentEvent> history = life(seed);
      assertThat(captured(history)).as("captures, seed %d", seed).isLessThanOrEqualTo(1);
      for (int length = 0; length <= history.size(); length++) {
        List<PaymentEvent> past = history.subList(0, length);
        assertThat(refunded(past)).as("seed %d", seed).isLessThanOrEqualTo(captured(past));
      }
    }
  }

  @Test
  void a_payment_that_was_compensated_keeps_no_money() {
    int voided = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      List<PaymentEvent> history = new ArrayList<>(life(seed));
      voided += history.stream().anyMatch(PaymentVoided.class::isInstance) ? 1 : 0;
      // What a participant does last: ask for the refund, and record it if there is one to do.
      history.addAll(decided(new StartRefund(ID, NOW), history));
      history.addAll(decided(new RecordRefund(ID, NOW), history));
      assertThat(refunded(history)).as("seed %d", seed).isEqualTo(captured(history));
    }
    assertThat(voided).isGreaterThan(SEEDS / 10);
  }

  @Test
  void histories_fold_in_any_order_without_failing() {
    for (int seed = 0; seed < SEEDS; seed++) {
      List<PaymentEvent> history = new ArrayList<>(life(seed));
      Collections.shuffle(history, new Random(seed));
      assertThat(decider.fold(history)).isNotNull();
    }
  }

  private List<PaymentEvent> life(int seed) {
    var random = new Random(seed);
    List<PaymentEvent> history = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      history.addAll(decided(anything(random), history));
    }
    return history;
  }

  private List<PaymentEvent> decided(PaymentCommand command, List<PaymentEvent> history) {
    return decider.decide(command, decider.fold(history)) instanceof Accepted<PaymentEvent>(var e)
        ? e
        : List.of();
  }

  private static PaymentCommand anything(Random random) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> new StartCapture(ID, PRICE, NOW);
      case 2 -> new RecordCapture(ID, PRICE, "pay_" + random.nextInt(2), NOW);
      case 3 ->
          new RecordDecline(
              ID, random.nextBoolean() ? "PROVIDER_UNAVAILABLE" : "INSUFFICIENT_FUNDS", NOW);
      case 4 -> new StartRefund(ID, NOW);
      default -> new RecordRefund(ID, NOW);
    };
  }

  private static long captured(List<PaymentEvent> history) {
    return history.stream().filter(PaymentCaptured.class::isInstance).count();
  }

  private static long refunded(List<PaymentEvent> history) {
    return history.stream().filter(PaymentRefunded.class::isInstance).count();
  }
}
