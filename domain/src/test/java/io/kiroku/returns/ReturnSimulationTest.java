package io.kiroku.returns;

import static io.kiroku.samples.Samples.ORDER;
import static io.kiroku.samples.Samples.PRODUCT;
import static io.kiroku.samples.Samples.PRODUCT_2;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.inventory.Stock.Settled;
import io.kiroku.inventory.Stock.Settled.Committed;
import io.kiroku.ordering.Order;
import io.kiroku.payment.Payment;
import io.kiroku.saga.SagaState.Compensated;
import io.kiroku.saga.SagaState.Completed;
import io.kiroku.saga.SagaState.Stuck;
import io.kiroku.shipping.Shipment;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Whatever the world does to a return, in the end goods and money are where they belong.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReturnSimulationTest {
  private static final int WORLDS = 2_000;
  private static final int DAYS_MOST = 20;

  private enum End {
    RETURNED,
    REFUSED,
    STUCK
  }

  @Test
  void goods_that_come_at_any_time_are_paid_back_or_not_taken() {
    var ends = new EnumMap<End, Integer>(End.class);
    for (int seed = 0; seed < WORLDS; seed++) {
      ends.merge(check(world(seed, 0).run(), seed), 1, Integer::sum);
    }
    assertBothHappen(ends);
    assertThat(ends).doesNotContainKey(End.STUCK);
  }

  @Test
  void messages_that_are_lost_too_leave_returns_done_or_refused_or_visibly_stuck() {
    var ends = new EnumMap<End, Integer>(End.class);
    for (int seed = 0; seed < WORLDS; seed++) {
      ends.merge(check(world(seed, 15).run(), seed), 1, Integer::sum);
    }
    assertBothHappen(ends);
    assertThat(ends.getOrDefault(End.STUCK, 0)).isLessThan(WORLDS / 50);
  }

  @Test
  void what_is_stuck_ends_when_an_operator_tries_again() {
    int stuck = 0;
    for (int seed = 0; seed < WORLDS; seed++) {
      ReturnWorld world = world(seed, 50).run();
      stuck += world.saga() instanceof Stuck ? 1 : 0;
      assertThat(check(world.operated(), seed)).as("seed %d", seed).isNotEqualTo(End.STUCK);
    }
    assertThat(stuck).isGreaterThan(WORLDS / 50);
  }

  private static ReturnWorld world(int seed, int lostPercent) {
    return new ReturnWorld(seed, lostPercent)
        .requested()
        .warehouse(ReturnSimulationTest::goodsCome);
  }

  private static void goodsCome(ReturnWorld world) {
    world.later(Duration.ofDays(world.random(DAYS_MOST)));
    if (world.random(4) == 0) {
      world.refuseGoods();
    } else {
      world.receiveGoods();
    }
  }

  private static void assertBothHappen(Map<End, Integer> ends) {
    assertThat(ends.getOrDefault(End.RETURNED, 0)).as("%s", ends).isGreaterThan(WORLDS / 10);
    assertThat(ends.getOrDefault(End.REFUSED, 0)).as("%s", ends).isGreaterThan(WORLDS / 10);
  }

  private static End check(ReturnWorld world, int seed) {
    assertThat(world.fulfillment()).as("seed %d", seed).isInstanceOf(Completed.class);
    return switch (world.saga()) {
      case Completed<ReturnCommand> _ -> {
        assertEnded(
            world, seed, Order.Returned.class, Payment.Refunded.class, new Settled.Returned());
        assertThat(world.shipment()).isInstanceOf(Shipment.ReturnReceived.class);
        assertThat(world.stockOf(PRODUCT).available()).isEqualTo(10);
        assertThat(world.stockOf(PRODUCT_2).available()).isEqualTo(10);
        yield End.RETURNED;
      }
      case Compensated<ReturnCommand> _ -> {
        assertEnded(
            world, seed, Order.ReturnRefused.class, Payment.Captured.class, new Committed(2));
        assertThat(world.shipment())
            .isInstanceOfAny(Shipment.ReturnRefused.class, Shipment.ReturnCalledOff.class);
        yield End.REFUSED;
      }
      case Stuck<ReturnCommand> _ -> End.STUCK;
      default -> throw new AssertionError("seed " + seed + " ended in " + world.history());
    };
  }

  private static void assertEnded(
      ReturnWorld world, int seed, Class<?> order, Class<?> payment, Settled stock) {
    assertThat(world.order()).as("order, seed %d", seed).isInstanceOf(order);
    assertThat(world.payment()).as("payment, seed %d", seed).isInstanceOf(payment);
    assertThat(world.stockOf(PRODUCT).settled().get(ORDER)).as("seed %d", seed).isEqualTo(stock);
  }
}
