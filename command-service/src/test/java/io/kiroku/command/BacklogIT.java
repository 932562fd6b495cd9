package io.kiroku.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.kiroku.command.backlog.Backlog;
import io.kiroku.eventstore.CommandIds;
import io.kiroku.eventstore.EventLog;
import io.kiroku.service.error.Problem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// More fulfillments under way than the service wants, as the index of sagas tells it.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class BacklogIT {
  private static final Duration ANSWER_MOST = Duration.ofSeconds(10);
  private static final Duration MEASURED_MOST = Duration.ofSeconds(20);
  private static final int OPEN_SAGAS_MOST = 2_000;

  @Inject Pool pool;
  @Inject EventLog log;
  @Inject Backlog backlog;

  Shop shop;

  @BeforeEach
  void connect() {
    await().atMost(MEASURED_MOST).ignoreExceptions().until(this::isSchemaThere);
  }

  /// It is made while the service starts, and this may be the first test.
  private boolean isSchemaThere() {
    query("SELECT FROM saga_row LIMIT 1");
    return true;
  }

  @AfterEach
  void leaveRoom() {
    query("DELETE FROM saga_row WHERE tenant = 'backlog'");
  }

  @Test
  void above_the_bound_an_order_is_refused_whole_and_below_it_taken_under_the_same_key() {
    var order = Shop.order(shop.product(100), "tok_ok", "1000001");
    String key = Shop.newKey();
    query(
        "INSERT INTO saga_row SELECT 'backlog-' || i, 'order-fulfillment', 'backlog', 'RUNNING', '',"
            + " 0, '', now(), now(), 0, 0, 0, 'fulfillment' FROM generate_series(0, "
            + OPEN_SAGAS_MOST
            + ") AS i");
    await().atMost(MEASURED_MOST).until(() -> backlog.openSagas() > OPEN_SAGAS_MOST);

    Problem refused =
        Problem.from(
            catchThrowableOfType(StatusRuntimeException.class, () -> shop.place(order, key)));

    assertThat(refused.httpStatus()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("TOO_MANY_ORDERS_IN_PROGRESS");
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(2));
    assertThat(eventsOf(orderId(key))).isZero();

    query("DELETE FROM saga_row WHERE tenant = 'backlog'");
    await().atMost(MEASURED_MOST).until(() -> backlog.openSagas() <= OPEN_SAGAS_MOST);
    assertThat(shop.place(order, key).getOrderId()).isEqualTo(orderId(key));
  }

  @Test
  void a_return_waits_for_its_goods_for_weeks_and_takes_no_order_s_room() {
    query(
        "INSERT INTO saga_row SELECT 'backlog-' || i, 'order-return', 'backlog', 'RUNNING', '',"
            + " 0, '', now(), now(), 0, 0, 0, 'return' FROM generate_series(0, "
            + OPEN_SAGAS_MOST
            + ") AS i");
    query(
        "INSERT INTO saga_row VALUES ('backlog', 'order-fulfillment', 'backlog', 'RUNNING', '',"
            + " 0, '', now(), now(), 0, 0, 0, 'fulfillment')");
    await().atMost(MEASURED_MOST).until(() -> backlog.openSagas() > 0);
    assertThat(backlog.openSagas()).isLessThan(OPEN_SAGAS_MOST);
  }

  private static String orderId(String key) {
    UUID commandId = CommandIds.commandId("default", "customer", key);
    return CommandIds.derived(commandId, "order").toString();
  }

  private long eventsOf(String orderId) {
    return log.read(EventLog.START, 100_000).await().atMost(ANSWER_MOST).stream()
        .filter(event -> event.stream().value().equals("order-" + orderId))
        .count();
  }

  private void query(String sql) {
    pool.query(sql).execute().await().atMost(ANSWER_MOST);
  }
}
