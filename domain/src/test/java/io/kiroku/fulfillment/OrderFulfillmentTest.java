package io.kiroku.fulfillment;

import static io.kiroku.fulfillment.Steps.ACCEPT_ORDER;
import static io.kiroku.fulfillment.Steps.ARRANGE_SHIPPING;
import static io.kiroku.fulfillment.Steps.COMMIT_STOCK;
import static io.kiroku.fulfillment.Steps.CONFIRM_ORDER;
import static io.kiroku.fulfillment.Steps.PROCESS_PAYMENT;
import static io.kiroku.fulfillment.Steps.RESERVE_INVENTORY;
import static io.kiroku.samples.Samples.AT;
import static io.kiroku.samples.Samples.ORDER;
import static io.kiroku.samples.Samples.ORDER_PLACED;
import static io.kiroku.samples.Samples.PRODUCT;
import static io.kiroku.samples.Samples.PRODUCT_2;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.fulfillment.FulfillmentCommand.CancelOrder;
import io.kiroku.fulfillment.FulfillmentCommand.CommitStock;
import io.kiroku.fulfillment.FulfillmentCommand.ReleaseStock;
import io.kiroku.fulfillment.FulfillmentCommand.ReserveStock;
import io.kiroku.fulfillment.FulfillmentCommand.ReturnStock;
import io.kiroku.saga.Backoff;
import io.kiroku.saga.Backoff.Kind;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.StepPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OrderFulfillmentTest {
  private final List<PlannedStep<FulfillmentCommand>> plan =
      new OrderFulfillment(FulfillmentSettings.DEFAULTS).plan(ORDER_PLACED);

  @Test
  void the_steps_come_in_the_order_of_the_whiteboard() {
    assertThat(plan)
        .extracting(PlannedStep::step)
        .containsExactly(
            ACCEPT_ORDER,
            RESERVE_INVENTORY,
            PROCESS_PAYMENT,
            ARRANGE_SHIPPING,
            COMMIT_STOCK,
            CONFIRM_ORDER);
  }

  @Test
  void cancelling_the_order_is_undone_last_and_has_nothing_to_do_forward() {
    assertThat(plan.getFirst().commands()).isEmpty();
    assertThat(plan.getFirst().compensations()).containsExactly(new CancelOrder(ORDER));
  }

  @Test
  void every_line_is_reserved_and_committed_and_each_is_undone() {
    assertThat(step(RESERVE_INVENTORY).commands())
        .containsExactly(
            new ReserveStock(ORDER, PRODUCT, 2, AT.plusSeconds(900)),
            new ReserveStock(ORDER, PRODUCT_2, 1, AT.plusSeconds(900)));
    assertThat(step(RESERVE_INVENTORY).compensations())
        .containsExactly(new ReleaseStock(ORDER, PRODUCT), new ReleaseStock(ORDER, PRODUCT_2));
    assertThat(step(COMMIT_STOCK).commands())
        .containsExactly(new CommitStock(ORDER, PRODUCT), new CommitStock(ORDER, PRODUCT_2));
    assertThat(step(COMMIT_STOCK).compensations())
        .containsExactly(new ReturnStock(ORDER, PRODUCT), new ReturnStock(ORDER, PRODUCT_2));
  }

  @Test
  void compensations_answer_for_the_parts_of_their_step() {
    for (PlannedStep<FulfillmentCommand> step : plan) {
      if (!step.commands().isEmpty() && !step.compensations().isEmpty()) {
        assertThat(step.compensations())
            .extracting(FulfillmentCommand::part)
            .containsExactlyElementsOf(
                step.commands().stream().map(FulfillmentCommand::part).toList());
      }
    }
  }

  @Test
  void the_numbers_are_those_of_the_table() {
    assertThat(FulfillmentSettings.DEFAULTS.steps())
        .containsExactly(
            new StepPolicy(
                RESERVE_INVENTORY,
                seconds(30),
                3,
                backoff(Kind.EXPONENTIAL, 1_000, 5_000),
                Set.of("INSUFFICIENT_STOCK", "PRODUCT_NOT_FOUND"),
                false),
            new StepPolicy(
                PROCESS_PAYMENT,
                seconds(60),
                2,
                backoff(Kind.EXPONENTIAL, 2_000, 10_000),
                Set.of("INSUFFICIENT_FUNDS", "INVALID_PAYMENT_METHOD", "FRAUD_SUSPECTED"),
                false),
            new StepPolicy(
                ARRANGE_SHIPPING,
                seconds(45),
                3,
                backoff(Kind.LINEAR, 1_000, 5_000),
                Set.of("INVALID_ADDRESS", "RESTRICTED_AREA"),
                false),
            new StepPolicy(
                COMMIT_STOCK,
                seconds(30),
                5,
                backoff(Kind.EXPONENTIAL, 1_000, 5_000),
                Set.of("RESERVATION_EXPIRED", "NOT_RESERVED"),
                false),
            new StepPolicy(
                CONFIRM_ORDER, seconds(10), 5, backoff(Kind.CONSTANT, 500, 2_000), Set.of(), true));
    assertThat(FulfillmentSettings.DEFAULTS.deadline()).isEqualTo(seconds(600));
  }

  @Test
  void reservations_outlive_the_way_forward() {
    assertThat(FulfillmentSettings.DEFAULTS.reservationExpiry())
        .isGreaterThan(FulfillmentSettings.DEFAULTS.deadline());
  }

  private PlannedStep<FulfillmentCommand> step(String name) {
    return plan.stream().filter(step -> step.step().equals(name)).findFirst().orElseThrow();
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Backoff backoff(Kind kind, int firstMillis, int mostMillis) {
    return new Backoff(kind, Duration.ofMillis(firstMillis), Duration.ofMillis(mostMillis));
  }
}
