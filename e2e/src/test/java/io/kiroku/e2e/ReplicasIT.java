package io.kiroku.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiroku.chaos.audit.Audit;
import io.kiroku.chaos.audit.Verdict;
import io.kiroku.chaos.load.Ledger;
import io.kiroku.client.PlacedOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two command services: the one that leads is lost under load, and the other takes over.
@ExtendWith(RunningPlatform.Extension.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReplicasIT {
  private static final int ORDERS = 120;
  private static final int ORDERS_BEFORE_THE_BLOW = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration PAUSE = Duration.ofSeconds(12);

  private final RunningPlatform platform;
  private final Leadership leadership;
  private TestShop shop;

  ReplicasIT(RunningPlatform platform) {
    this.platform = platform;
    this.leadership = new Leadership(platform);
    this.shop = new TestShop("", 0);
  }

  @BeforeEach
  void startTheSecond() {
    platform.heal();
    shop = TestShop.withPieces(platform.staff(), 10_000);
    leadership.awaitLeader(Leadership.FIRST);
    platform.parts().start(Leadership.SECOND);
  }

  @AfterEach
  void stopTheSecond() {
    platform.parts().resume(Leadership.FIRST);
    platform.heal();
    platform.parts().stop(Leadership.SECOND);
  }

  @Test
  void trap_23_when_the_leader_is_killed_the_other_decides_and_publishes_everything_once()
      throws Exception {
    try (var crowd = new Crowd(platform, shop)) {
      List<Future<PlacedOrder>> orders = crowd.place(ORDERS);
      awaitDone(orders.subList(0, ORDERS_BEFORE_THE_BLOW));

      platform.parts().kill(Leadership.FIRST);
      print("kill -9", leadership.timeToTakeOver(Leadership.SECOND));
      platform.parts().start(Leadership.FIRST);

      awaitDone(orders);
      assertEverythingOnce();
    }
  }

  @Test
  void trap_26_a_leader_that_wakes_up_after_it_was_replaced_neither_decides_nor_publishes()
      throws Exception {
    try (var crowd = new Crowd(platform, shop)) {
      List<Future<PlacedOrder>> orders = crowd.place(ORDERS);
      awaitDone(orders.subList(0, ORDERS_BEFORE_THE_BLOW));

      platform.parts().suspend(Leadership.FIRST);
      Duration took = leadership.timeToTakeOver(Leadership.SECOND);
      print("SIGSTOP", took);
      LockSupport.parkNanos(PAUSE.minus(took).toNanos()); // the pause is what is tested
      platform.parts().resume(Leadership.FIRST);

      awaitDone(orders);
      assertEverythingOnce();
    }
  }

  private static void print(String what, Duration took) {
    System.out.printf("%s: taken over after %.1f s%n", what, took.toMillis() / 1e3);
  }

  private static void awaitDone(List<Future<PlacedOrder>> orders) throws Exception {
    for (Future<PlacedOrder> order : orders) {
      order.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /// The log, the sagas' decisions, the messages in Kafka and everything derived agree.
  private void assertEverythingOnce() {
    try (var audit = new Audit(platform.parts(), new Ledger(), _ -> platform.staff())) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(() ->
              assertThat(audit.runWithoutLedger()).flatExtracting(Verdict::findings).isEmpty());
    }
  }
}
