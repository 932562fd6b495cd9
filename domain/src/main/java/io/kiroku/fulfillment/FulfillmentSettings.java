package io.kiroku.fulfillment;

import static io.kiroku.saga.Backoff.Kind.CONSTANT;
import static io.kiroku.saga.Backoff.Kind.EXPONENTIAL;
import static io.kiroku.saga.Backoff.Kind.LINEAR;

import io.kiroku.saga.Backoff;
import io.kiroku.saga.CompensationPolicy;
import io.kiroku.saga.StepPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The numbers of the fulfillment.
///
/// @param deadline how long the way forward may take as a whole
/// @param reservationExpiry how long after placing stock is kept back; more than the deadline
public record FulfillmentSettings(
    List<StepPolicy> steps,
    CompensationPolicy compensation,
    Duration deadline,
    Duration reservationExpiry) {
  private static final Duration ONE_SECOND = Duration.ofSeconds(1);
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
  private static final Backoff ONE_TO_FIVE_SECONDS =
      new Backoff(EXPONENTIAL, ONE_SECOND, FIVE_SECONDS);

  public static final FulfillmentSettings DEFAULTS =
      new FulfillmentSettings(
          List.of(
              reserveInventory(),
              processPayment(),
              arrangeShipping(),
              commitStock(),
              confirmOrder()),
          new CompensationPolicy(
              Duration.ofSeconds(60),
              5,
              new Backoff(EXPONENTIAL, ONE_SECOND, Duration.ofSeconds(30))),
          Duration.ofSeconds(600),
          Duration.ofMinutes(15));

  public FulfillmentSettings {
    steps = List.copyOf(steps);
  }

  private static StepPolicy reserveInventory() {
    return new StepPolicy(
        Steps.RESERVE_INVENTORY,
        Duration.ofSeconds(30),
        3,
        ONE_TO_FIVE_SECONDS,
        Set.of("INSUFFICIENT_STOCK", "PRODUCT_NOT_FOUND"),
        false);
  }

  private static StepPolicy processPayment() {
    return new StepPolicy(
        Steps.PROCESS_PAYMENT,
        Duration.ofSeconds(60),
        2,
        new Backoff(EXPONENTIAL, Duration.ofSeconds(2), Duration.ofSeconds(10)),
        Set.of("INSUFFICIENT_FUNDS", "INVALID_PAYMENT_METHOD", "FRAUD_SUSPECTED"),
        false);
  }

  private static StepPolicy arrangeShipping() {
    return new StepPolicy(
        Steps.ARRANGE_SHIPPING,
        Duration.ofSeconds(45),
        3,
        new Backoff(LINEAR, ONE_SECOND, FIVE_SECONDS),
        Set.of("INVALID_ADDRESS", "RESTRICTED_AREA"),
        false);
  }

  private static StepPolicy commitStock() {
    return new StepPolicy(
        Steps.COMMIT_STOCK,
        Duration.ofSeconds(30),
        5,
        ONE_TO_FIVE_SECONDS,
        Set.of("RESERVATION_EXPIRED", "NOT_RESERVED"),
        false);
  }

  private static StepPolicy confirmOrder() {
    return new StepPolicy(
        Steps.CONFIRM_ORDER,
        Duration.ofSeconds(10),
        5,
        new Backoff(CONSTANT, Duration.ofMillis(500), Duration.ofSeconds(2)),
        Set.of(),
        true);
  }
}
