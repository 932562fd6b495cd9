package io.kiroku.fulfillment;

import static io.kiroku.samples.Samples.ORDER;
import static io.kiroku.samples.Samples.PRODUCT;
import static io.kiroku.samples.Samples.PRODUCT_2;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.fulfillment.FulfillmentCommand.CapturePayment;
import io.kiroku.inventory.Stock;
import io.kiroku.inventory.Stock.Settled.Committed;
import io.kiroku.inventory.StockDecider;
import io.kiroku.ordering.Order;
import io.kiroku.ordering.OrderDecider;
import io.kiroku.payment.Payment;
import io.kiroku.payment.PaymentDecider;
import io.kiroku.payment.PaymentEvent.PaymentCaptureStarted;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaEvent.CompensationCompleted;
import io.kiroku.saga.SagaEvent.CompensationRequested;
import io.kiroku.saga.SagaEvent.SagaCompensated;
import io.kiroku.saga.SagaState.Compensated;
import io.kiroku.saga.SagaState.Completed;
import io.kiroku.saga.SagaState.Stuck;
import io.kiroku.shared.ProductId;
import io.kiroku.shipping.Shipment;
import io.kiroku.shipping.ShipmentDecider;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Whatever the world does to an order, in the end it is either wholly done or wholly undone.
@DisplayNameGeneration(ReplaceUnderscores.class)
class FulfillmentSimulationTest {
  private static final int WORLDS = 3_000;

  private enum End {
    DONE,
    UNDONE,
    STUCK
  }

  @Test
  void messages_that_are_overtaken_and_repeated_leave_orders_done_or_undone() {
    var ends = new EnumMap<End, Integer>(End.class);
    for (int seed = 0; seed < WORLDS; seed++) {
      ends.merge(check(new World(seed, 0).run(), seed), 1, Integer::sum);
    }
    assertBothHappen(ends);
    assertThat(ends).doesNotContainKey(End.STUCK);
  }

  @Test
  void messages_that_are_lost_too_leave_orders_done_or_undone_or_visibly_stuck() {
    var ends = new EnumMap<End, Integer>(End.class);
    for (int seed = 0; seed < WORLDS; seed++) {
      ends.merge(check(new World(seed, 15).run(), seed), 1, Integer::sum);
    }
    assertBothHappen(ends);
    assertThat(ends.getOrDefault(End.STUCK, 0)).isLessThan(WORLDS / 50);
  }

  @Test
  void trap_13_a_customer_who_cancels_at_any_moment_gets_everything_undone() {
    for (int seed = 0; seed < WORLDS; seed++) {
      World world = new World(seed, 0).cancelledByCustomer().run();
      assertThat(check(world, seed)).as("seed %d", seed).isEqualTo(End.UNDONE);
    }
  }

  @Test
  void trap_13_a_customer_who_cancels_what_was_completed_gets_everything_undone() {
    int completed = 0;
    for (int seed = 0; seed < WORLDS; seed++) {
      World world = new World(seed, 0).run();
      completed += world.saga() instanceof Completed ? 1 : 0;
      assertThat(check(world.cancelledByCustomer().run(), seed))
          .as("seed %d", seed)
          .isEqualTo(End.UNDONE);
    }
    assertThat(completed).isGreaterThan(WORLDS / 10);
  }

  /// Whether the saga had given the step up, had undone it, or was over altogether.
  @Test
  void a_capture_that_comes_after_its_step_was_undone_is_given_back() {
    int whileUndone = 0;
    int afterUndone = 0;
    int afterTheEnd = 0;
    for (int seed = 0; seed < WORLDS; seed++) {
      World world = new World(seed, 15).cancelledByCustomer().withSlowProvider().run();
      List<Object> timeline = world.timeline();
      int captured = first(timeline, PaymentCaptured.class::isInstance);
      if (captured < timeline.size()) {
        boolean undone = first(timeline, FulfillmentSimulationTest::isPaymentUndone) < captured;
        boolean ended = first(timeline, SagaCompensated.class::isInstance) < captured;
        boolean asked = first(timeline, FulfillmentSimulationTest::undoesPayment) < captured;
        whileUndone += asked && !undone ? 1 : 0;
        afterUndone += undone && !ended ? 1 : 0;
        afterTheEnd += ended ? 1 : 0;
        if (undone) {
          assertThat(new PaymentDecider().fold(world.payment()))
              .as("seed %d", seed)
              .isInstanceOf(Payment.Refunded.class);
        }
      }
      check(world, seed);
    }
    assertThat(List.of(whileUndone, afterUndone, afterTheEnd)).allMatch(times -> times >= 5);
  }

  @Test
  void trap_27_a_dead_lettered_capture_that_is_redriven_after_compensation_takes_no_money() {
    for (int seed = 0; seed < WORLDS; seed++) {
      World world = new World(seed, 0).deadLettered(CapturePayment.class).run();
      assertThat(check(world, seed)).as("seed %d", seed).isEqualTo(End.UNDONE);
      assertThat(check(world.redriven(), seed)).as("seed %d", seed).isEqualTo(End.UNDONE);
      assertThat(world.payment())
          .as("seed %d", seed)
          .noneMatch(PaymentCaptureStarted.class::isInstance);
    }
  }

  @Test
  void what_is_stuck_ends_when_an_operator_tries_again() {
    int stuck = 0;
    for (int seed = 0; seed < WORLDS; seed++) {
      World world = new World(seed, 50).run();
      stuck += world.saga() instanceof Stuck ? 1 : 0;
      assertThat(check(world.operated(), seed)).as("seed %d", seed).isNotEqualTo(End.STUCK);
    }
    assertThat(stuck).isGreaterThan(WORLDS / 50);
  }

  @Test
  void orders_whose_reservations_expire_on_the_way_are_done_or_undone() {
    var ends = new EnumMap<End, Integer>(End.class);
    int refused = 0;
    for (int seed = 0; seed < WORLDS; seed++) {
      World world = new World(seed, 0).withReservationsThatExpire().run();
      ends.merge(check(world, seed), 1, Integer::sum);
      refused += world.history().stream().anyMatch(FulfillmentSimulationTest::isTooLate) ? 1 : 0;
    }
    assertBothHappen(ends);
    assertThat(ends).doesNotContainKey(End.STUCK);
    assertThat(refused).isGreaterThan(WORLDS / 50);
  }

  @Test
  void a_commit_that_came_too_late_for_its_reservation_is_not_tried_again() {
    for (int seed = 0; seed < WORLDS; seed++) {
      List<SagaEvent<FulfillmentCommand>> history =
          new World(seed, 0).withReservationsThatExpire().run().history();
      int tooLate = first(List.copyOf(history), FulfillmentSimulationTest::isTooLate);
      assertThat(history.stream().skip(tooLate))
          .as("seed %d", seed)
          .noneMatch(SagaEvent.StepRequested.class::isInstance);
    }
  }

  private static boolean isTooLate(Object event) {
    return event instanceof SagaEvent.StepFailed<?> failed
        && failed.step().equals(Steps.COMMIT_STOCK)
        && failed.code().equals("RESERVATION_EXPIRED");
  }

  private static int first(List<Object> timeline, Predicate<Object> what) {
    int i = 0;
    while (i < timeline.size() && !what.test(timeline.get(i))) {
      i++;
    }
    return i;
  }

  private static boolean isPaymentUndone(Object event) {
    return event instanceof CompensationCompleted<?> done
        && done.step().equals(Steps.PROCESS_PAYMENT);
  }

  private static boolean undoesPayment(Object event) {
    return event instanceof CompensationRequested<?> asked
        && asked.step().equals(Steps.PROCESS_PAYMENT);
  }

  private static void assertBothHappen(Map<End, Integer> ends) {
    assertThat(ends.getOrDefault(End.DONE, 0)).as("%s", ends).isGreaterThan(WORLDS / 10);
    assertThat(ends.getOrDefault(End.UNDONE, 0)).as("%s", ends).isGreaterThan(WORLDS / 10);
  }

  private static End check(World world, int seed) {
    return switch (world.saga()) {
      case Completed<FulfillmentCommand> _ -> {
        assertDone(world, seed);
        yield End.DONE;
      }
      case Compensated<FulfillmentCommand> _ -> {
        assertUndone(world, seed);
        yield End.UNDONE;
      }
      case Stuck<FulfillmentCommand> _ -> End.STUCK;
      default -> throw new AssertionError("seed " + seed + " ended in " + world.history());
    };
  }

  private static void assertDone(World world, int seed) {
    assertThat(new OrderDecider().fold(world.order()))
        .as("order, seed %d", seed)
        .isInstanceOf(Order.Confirmed.class);
    assertThat(new PaymentDecider().fold(world.payment()))
        .as("payment, seed %d", seed)
        .isInstanceOf(Payment.Captured.class);
    assertThat(new ShipmentDecider().fold(world.shipment()))
        .as("shipment, seed %d", seed)
        .isInstanceOf(Shipment.Arranged.class);
    assertThat(stock(world, PRODUCT).settled().get(ORDER)).isEqualTo(new Committed(2));
    assertThat(stock(world, PRODUCT_2).settled().get(ORDER)).isEqualTo(new Committed(1));
  }

  private static void assertUndone(World world, int seed) {
    assertThat(new OrderDecider().fold(world.order()))
        .as("order, seed %d", seed)
        .isInstanceOf(Order.Cancelled.class);
    assertThat(new PaymentDecider().fold(world.payment()))
        .as("payment, seed %d", seed)
        .isInstanceOfAny(Payment.Absent.class, Payment.Voided.class, Payment.Refunded.class);
    assertThat(new ShipmentDecider().fold(world.shipment()))
        .as("shipment, seed %d", seed)
        .isInstanceOfAny(Shipment.Absent.class, Shipment.Cancelled.class);
    for (ProductId product : new ProductId[] {PRODUCT, PRODUCT_2}) {
      Stock stock = stock(world, product);
      assertThat(stock.available()).as("stock, seed %d", seed).isEqualTo(stock.received());
    }
  }

  private static Stock stock(World world, ProductId product) {
    return new StockDecider().fold(world.stockOf(product));
  }
}
