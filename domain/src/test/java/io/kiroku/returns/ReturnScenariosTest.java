package io.kiroku.returns;

import static io.kiroku.returns.ReturnSteps.ACCEPT_RETURN;
import static io.kiroku.returns.ReturnSteps.COMPLETE_RETURN;
import static io.kiroku.returns.ReturnSteps.RECEIVE_GOODS;
import static io.kiroku.returns.ReturnSteps.REFUND_PAYMENT;
import static io.kiroku.returns.ReturnSteps.RETURN_STOCK;
import static io.kiroku.samples.Samples.AT;
import static io.kiroku.samples.Samples.ORDER;
import static io.kiroku.samples.Samples.PRODUCT;
import static io.kiroku.samples.Samples.PRODUCT_2;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.inventory.Stock.Settled.Committed;
import io.kiroku.inventory.StockEvent.StockReturned;
import io.kiroku.ordering.Order;
import io.kiroku.payment.Payment;
import io.kiroku.payment.PaymentEvent.PaymentRefunded;
import io.kiroku.saga.OperatorAction;
import io.kiroku.saga.SagaEvent.CompensationFailed;
import io.kiroku.saga.SagaEvent.StepCompleted;
import io.kiroku.saga.SagaEvent.StepTimedOut;
import io.kiroku.saga.SagaState.Compensated;
import io.kiroku.saga.SagaState.Completed;
import io.kiroku.saga.SagaState.NotStarted;
import io.kiroku.saga.SagaState.Stuck;
import io.kiroku.shared.Money;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What becomes of a return, with the real rules of all contexts.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReturnScenariosTest {
  private static final Duration GOODS_WITHIN = ReturnSettings.DEFAULTS.goodsWithin();
  private final ReturnWorld world = new ReturnWorld(1, 0);

  @Test
  void goods_that_come_back_are_for_sale_again_and_their_money_is_given_back() {
    world.requested().warehouse(ReturnWorld::receiveGoods).settle();

    assertThat(world.saga()).isInstanceOf(Completed.class);
    assertThat(stepsDone())
        .containsExactly(
            ACCEPT_RETURN, RECEIVE_GOODS, RETURN_STOCK, REFUND_PAYMENT, COMPLETE_RETURN);
    assertThat(world.order()).isInstanceOf(Order.Returned.class);
    assertThat(world.payment()).isInstanceOf(Payment.Refunded.class);
    assertThat(world.stockOf(PRODUCT).available()).isEqualTo(10);
    assertThat(world.stockOf(PRODUCT_2).available()).isEqualTo(10);
  }

  @Test
  void nothing_is_given_back_while_the_goods_are_on_their_way() {
    world.requested().runUntilItWaits();

    assertThat(world.order()).isInstanceOf(Order.ReturnRequested.class);
    assertNothingGivenBack();
  }

  @Test
  void goods_that_are_refused_leave_the_customer_what_he_has() {
    world.requested().warehouse(ReturnWorld::refuseGoods).settle();

    assertThat(world.saga()).isInstanceOf(Compensated.class);
    assertThat(world.order()).matches(order -> refusedWith(order, "GOODS_DAMAGED"));
    assertNothingGivenBack();
  }

  @Test
  void goods_that_never_come_end_the_return_and_nothing_is_given_back() {
    world.requested().settle();

    assertThat(world.saga()).isInstanceOf(Compensated.class);
    assertThat(world.order()).matches(order -> refusedWith(order, "RETURN_EXPIRED"));
    assertThat(world.history()).hasAtLeastOneElementOfType(StepTimedOut.class);
    assertNothingGivenBack();
  }

  @Test
  void goods_that_come_after_the_promised_moment_are_not_taken() {
    world.requested().runUntilItWaits().later(GOODS_WITHIN.plusMillis(1)).receiveGoods();
    assertThat(world.rejections()).containsExactly("RETURN_EXPIRED");

    world.settle().receiveGoods();
    assertThat(world.rejections()).containsExactly("RETURN_EXPIRED", "RETURN_NOT_EXPECTED");
    assertThat(world.order()).matches(order -> refusedWith(order, "RETURN_EXPIRED"));
    assertNothingGivenBack();
  }

  @Test
  void trap_25_goods_that_came_at_the_last_moment_beat_the_timeout() {
    world.requested().runUntilItWaits().later(GOODS_WITHIN).receiveGoods();
    world.settle();

    assertThat(world.saga()).isInstanceOf(Completed.class);
    assertThat(world.history()).doesNotHaveAnyElementsOfTypes(StepTimedOut.class);
  }

  @Test
  void a_refund_that_fails_is_tried_again_until_an_operator_has_to_look() {
    refundStuck();

    assertThat(world.order()).isInstanceOf(Order.ReturnRequested.class);
    assertThat(world.payment()).isInstanceOf(Payment.Refunding.class);
    assertThat(world.stockOf(PRODUCT).available()).isEqualTo(10);

    world.withRepairedProvider().operated();
    assertThat(world.saga()).isInstanceOf(Completed.class);
    assertThat(world.order()).isInstanceOf(Order.Returned.class);
    assertThat(world.log()).filteredOn(PaymentRefunded.class::isInstance).hasSize(1);
  }

  @Test
  void a_refund_that_is_answered_when_all_attempts_were_given_up_goes_on_by_itself() {
    refundStuck();

    world.refundAnswered();
    world.settle();
    assertThat(world.saga()).isInstanceOf(Completed.class);
    assertThat(world.order()).isInstanceOf(Order.Returned.class);
  }

  @Test
  void a_refund_that_an_operator_skips_ends_the_return_and_nothing_pretends_that_it_was_paid() {
    refundStuck();

    world.intervened(OperatorAction.SKIP, REFUND_PAYMENT).settle();
    assertThat(world.order()).isInstanceOf(Order.Returned.class);
    assertThat(world.payment()).isInstanceOf(Payment.Refunding.class);
  }

  @Test
  void an_operator_turns_a_return_back_before_the_goods_are_here() {
    world.requested().runUntilItWaits().intervened(OperatorAction.CANCEL, RECEIVE_GOODS).settle();

    assertThat(world.order()).matches(order -> refusedWith(order, "CANCELLED_BY_OPERATOR"));
    assertNothingGivenBack();
  }

  @Test
  void nobody_turns_a_return_back_once_the_goods_are_here() {
    refundStuck();
    int before = world.history().size();

    world.intervened(OperatorAction.CANCEL, REFUND_PAYMENT).settle();
    assertThat(world.history()).hasSize(before);
  }

  @Test
  void trap_12_a_return_that_is_turned_back_while_the_goods_come_in_is_stuck_for_all_to_see() {
    world.requested().runUntilItWaits().intervened(OperatorAction.CANCEL, RECEIVE_GOODS);
    world.receiveGoods();
    world.settle();

    assertThat(world.saga())
        .isInstanceOfSatisfying(
            Stuck.class, stuck -> assertThat(stuck.code()).isEqualTo("RETURN_ALREADY_RECEIVED"));
    assertThat(world.history()).hasAtLeastOneElementOfType(CompensationFailed.class);
    assertThat(world.order()).isInstanceOf(Order.ReturnRequested.class);
  }

  @Test
  void trap_1_the_fulfillment_of_the_order_hears_of_stock_and_money_and_stays_completed() {
    var before = world.fulfillment();
    assertThat(before).isInstanceOf(Completed.class);

    world.requested().warehouse(ReturnWorld::receiveGoods).settle();
    assertThat(world.log())
        .hasAtLeastOneElementOfType(StockReturned.class)
        .hasAtLeastOneElementOfType(PaymentRefunded.class);
    assertThat(world.fulfillment()).isEqualTo(before);
  }

  @Test
  void trap_1_stock_and_money_that_the_fulfillment_gives_back_start_no_return() {
    OrderReturn process = new OrderReturn(ReturnSettings.DEFAULTS);
    var saga = process.saga();
    var told =
        List.of(
            process.triggers().of(new StockReturned(PRODUCT, ORDER, 2, AT)).orElseThrow(),
            process.triggers().of(new PaymentRefunded(ORDER, Money.yen(1), AT)).orElseThrow());
    assertThat(told).allMatch(found -> saga.decide(found.trigger(), new NotStarted<>()).isEmpty());
  }

  @Test
  void trap_1_money_that_came_back_before_the_goods_counts_when_its_step_has_come() {
    world.requested().runUntilItWaits().refundedByHand();
    world.runUntilItWaits().receiveGoods();
    world.settle();
    assertThat(world.saga()).isInstanceOf(Completed.class);
    assertThat(world.log()).filteredOn(PaymentRefunded.class::isInstance).hasSize(1);
  }

  private void refundStuck() {
    world.withBrokenProvider().requested().warehouse(ReturnWorld::receiveGoods).settle();
    assertThat(world.saga())
        .isInstanceOfSatisfying(
            Stuck.class, stuck -> assertThat(stuck.step()).isEqualTo(REFUND_PAYMENT));
  }

  private void assertNothingGivenBack() {
    assertThat(world.payment()).isInstanceOf(Payment.Captured.class);
    assertThat(world.stockOf(PRODUCT).settled().get(ORDER)).isEqualTo(new Committed(2));
    assertThat(world.stockOf(PRODUCT_2).settled().get(ORDER)).isEqualTo(new Committed(1));
  }

  private List<String> stepsDone() {
    return world.history().stream()
        .filter(StepCompleted.class::isInstance)
        .map(event -> ((StepCompleted<ReturnCommand>) event).step())
        .toList();
  }

  private static boolean refusedWith(Order order, String code) {
    return order instanceof Order.ReturnRefused refused && refused.code().equals(code);
  }
}
