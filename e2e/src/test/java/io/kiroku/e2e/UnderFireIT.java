package io.kiroku.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.client.OrderView;
import io.kiroku.client.PlacedOrder;
import io.kiroku.client.ShopAudit;
import io.kiroku.launcher.platform.ProviderBook;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Processes die in the middle of 200 orders; every accepted order ends, nothing happens twice.
@ExtendWith(RunningPlatform.Extension.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnderFireIT {
  private static final int ORDERS = 200;
  private static final int ORDERS_BEFORE_THE_BLOW = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE_OF_THE_LEADER = Duration.ofSeconds(20);
  private static final String ORDERS_SHOWN = "order-view";

  private final RunningPlatform platform;
  private TestShop shop;

  UnderFireIT(RunningPlatform platform) {
    this.platform = platform;
    this.shop = new TestShop("", 0);
  }

  @BeforeEach
  void openShop() {
    platform.heal();
    shop = TestShop.withPieces(platform.staff(), 10_000);
  }

  @AfterEach
  void heal() {
    platform.heal();
  }

  @ParameterizedTest(name = "kill -9 {0} while 200 orders are in flight")
  @ValueSource(
      strings = {"command-service", "job-service", "ws-service", "eventstore-node", "postgres"})
  void every_accepted_order_ends_once_after_a_kill_of(String part) throws Exception {
    try (var crowd = new Crowd(platform, shop)) {
      List<Future<PlacedOrder>> orders = crowd.place(ORDERS);
      awaitDone(orders, ORDERS_BEFORE_THE_BLOW);

      platform.parts().kill(part);
      platform.parts().start(part);

      assertAllEnded(orders);
    }
  }

  /// The broker's process has the documents, too.
  @ParameterizedTest(name = "kill -9 {0} while 200 orders are in flight and they are rebuilt")
  @ValueSource(strings = {"query-service", "stack"})
  void every_read_model_equals_the_log_and_a_rebuild_goes_on_after_a_kill_of(String part)
      throws Exception {
    try (var crowd = new Crowd(platform, shop);
        var readModels = new ReadModels(platform, PATIENCE)) {
      List<Future<PlacedOrder>> orders = crowd.place(ORDERS);
      awaitDone(orders, ORDERS_BEFORE_THE_BLOW);
      int rebuilt = readModels.beginRebuild(ORDERS_SHOWN);

      platform.parts().kill(part);
      platform.parts().start(part);

      assertAllEnded(orders);
      readModels.awaitServed(ORDERS_SHOWN, rebuilt);
      readModels.assertAllEqualTheLog();
    }
  }

  /// Trap 26: a paused leader wakes up and writes.
  @Test
  void trap_26_a_leader_paused_for_20_seconds_wakes_up_and_does_no_harm() throws Exception {
    platform.parts().start("command-service-2");
    try (var crowd = new Crowd(platform, shop)) {
      List<Future<PlacedOrder>> orders = crowd.place(ORDERS);
      awaitDone(orders, ORDERS_BEFORE_THE_BLOW);

      platform.parts().suspend("command-service");
      LockSupport.parkNanos(PAUSE_OF_THE_LEADER.toNanos()); // the pause is what is tested
      platform.parts().resume("command-service");

      assertAllEnded(orders);
    } finally {
      platform.parts().resume("command-service");
      platform.parts().stop("command-service-2");
    }
  }

  private static void awaitDone(List<Future<PlacedOrder>> orders, int count) throws Exception {
    for (Future<PlacedOrder> order : orders.subList(0, count)) {
      order.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void assertAllEnded(List<Future<PlacedOrder>> orders) throws Exception {
    awaitDone(orders, orders.size());
    var book = new ProviderBook(platform.parts().ports());
    var report = new ShopAudit(platform.staff(), book::kept).runUntilAgreed(PATIENCE);
    assertThat(report.findings()).isEmpty();
    for (Future<PlacedOrder> order : orders) {
      OrderView view = platform.staff().order(order.get().orderId(), null);
      assertThat(view.status()).isIn("CONFIRMED", "CANCELLED");
    }
  }
}
