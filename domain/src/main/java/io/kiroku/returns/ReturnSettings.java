package io.kiroku.returns;

import static io.kiroku.saga.Backoff.Kind.CONSTANT;
import static io.kiroku.saga.Backoff.Kind.EXPONENTIAL;

import io.kiroku.saga.Backoff;
import io.kiroku.saga.CompensationPolicy;
import io.kiroku.saga.StepPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The numbers of a return.
///
/// @param goodsWithin how long after the request the goods have to be here
/// @param steps those after the goods are here; none of them can be undone, so what they refuse is
///   tried again until an operator has to look
public record ReturnSettings(
    Duration goodsWithin, List<StepPolicy> steps, CompensationPolicy compensation) {
  /// How much longer than that the process waits: goods that were taken in time are on record by
  /// then, whatever the clocks of the instances say.
  private static final Duration GRACE = Duration.ofHours(1);

  private static final Backoff PATIENT =
      new Backoff(EXPONENTIAL, Duration.ofSeconds(2), Duration.ofSeconds(60));

  public static final ReturnSettings DEFAULTS =
      new ReturnSettings(
          Duration.ofDays(14),
          List.of(
              new StepPolicy(
                  ReturnSteps.RETURN_STOCK, Duration.ofSeconds(30), 5, PATIENT, Set.of(), true),
              new StepPolicy(
                  ReturnSteps.REFUND_PAYMENT, Duration.ofSeconds(60), 5, PATIENT, Set.of(), false),
              new StepPolicy(
                  ReturnSteps.COMPLETE_RETURN,
                  Duration.ofSeconds(10),
                  5,
                  PATIENT,
                  Set.of(),
                  false)),
          new CompensationPolicy(Duration.ofSeconds(60), 5, PATIENT));

  public ReturnSettings {
    steps = List.copyOf(steps);
  }

  /// Goods are waited for once: that they never came is no failure that another attempt mends.
  List<StepPolicy> policies() {
    Duration wait = goodsWithin.plus(GRACE);
    Backoff never = new Backoff(CONSTANT, GRACE, GRACE);
    return Stream.concat(
            Stream.of(new StepPolicy(ReturnSteps.RECEIVE_GOODS, wait, 1, never, Set.of(), false)),
            steps.stream())
        .toList();
  }

  /// Never before the goods are given up.
  Duration deadline() {
    return goodsWithin.plus(GRACE).plus(GRACE);
  }
}
