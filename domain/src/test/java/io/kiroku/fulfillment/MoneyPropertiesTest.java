package io.kiroku.fulfillment;

import static io.kiroku.samples.Samples.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.ordering.Order;
import io.kiroku.ordering.OrderDecider;
import io.kiroku.payment.PaymentEvent.PaymentCaptureStarted;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.payment.PaymentEvent.PaymentDeclined;
import io.kiroku.payment.PaymentEvent.PaymentRefundStarted;
import io.kiroku.payment.PaymentEvent.PaymentRefunded;
import io.kiroku.payment.PaymentEvent.PaymentStepRepeated;
import io.kiroku.payment.PaymentEvent.PaymentVoided;
import io.kiroku.saga.SagaState.Stuck;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// The shop's books after any number of orders, each in a world of its own.
class MoneyPropertiesTest {
  @Property(tries = 200)
  void what_was_captured_and_not_given_back_is_what_confirmed_orders_cost(
      @ForAll @Size(max = 15) List<Integer> seeds,
      @ForAll @IntRange(max = 20) int lostPercent,
      @ForAll boolean cancelled) {
    List<World> worlds = new ArrayList<>();
    for (int seed : seeds) {
      World world = new World(seed, lostPercent);
      worlds.add((cancelled ? world.cancelledByCustomer() : world).run());
    }
    // What is stuck waits for an operator, and its money with it.
    worlds.removeIf(world -> world.saga() instanceof Stuck<FulfillmentCommand>);

    assertThat(worlds.stream().mapToLong(MoneyPropertiesTest::kept).sum())
        .isEqualTo(
            worlds.stream().filter(MoneyPropertiesTest::isConfirmed).count() * TOTAL.minorUnits());
  }

  private static boolean isConfirmed(World world) {
    return new OrderDecider().fold(world.order()) instanceof Order.Confirmed;
  }

  private static long kept(World world) {
    return world.payment().stream()
        .mapToLong(event ->
            switch (event) {
              case PaymentCaptured e -> e.amount().minorUnits();
              case PaymentRefunded e -> -e.amount().minorUnits();
              case PaymentCaptureStarted _, PaymentDeclined _, PaymentRefundStarted _ -> 0;
              case PaymentVoided _, PaymentStepRepeated _ -> 0;
            })
        .sum();
  }
}
