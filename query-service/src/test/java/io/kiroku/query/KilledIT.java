package io.kiroku.query;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The service is killed under load, again and again, once in the middle of a rebuild and once
/// while parked streams are tried again; what it shows in the end is what the log says.
class KilledIT {
  private static final Duration WAIT = Duration.ofMinutes(2);

  private final Watermarks watermarks = new Watermarks();

  @Test
  void trap_21_a_service_that_is_killed_again_and_again_loses_nothing_it_was_given()
      throws Exception {
    try (MongoStandIn mongo = new MongoStandIn();
        Surroundings around = new Surroundings(mongo.url())) {
      ShopLoad load = new ShopLoad(around.commands());
      try (var _ = load.start()) {
        runAndKill(around, Operator::awaitProgress);
        runAndKill(around, Operator::beginRebuild);
        runAndKill(
            around,
            operator -> {
              operator.awaitParked(ShopLoad.BROKEN);
              operator.beginRetries();
            });
      }
      try (ServiceProcess service = around.startService()) {
        Operator operator = operator(service, around);
        operator.awaitRebuilt(2);
        load.awaitShown(service.channel(), around.keys(), WAIT);
        operator.skip(load.broken(), 1);
        watermarks.note(operator.awaitFollowing());
        load.verify(operator, 0);
      }
    }
  }

  private void runAndKill(Surroundings around, Consumer<Operator> before) throws Exception {
    try (ServiceProcess service = around.startService()) {
      Operator operator = operator(service, around);
      watermarks.note(operator.awaitFollowing());
      before.accept(operator);
      service.kill();
    }
  }

  private static Operator operator(ServiceProcess service, Surroundings around) {
    return new Operator(service.channel(), around.keys(), ShopLoad.PROJECTION);
  }
}
