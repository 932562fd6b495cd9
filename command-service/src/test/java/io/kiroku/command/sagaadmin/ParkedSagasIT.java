package io.kiroku.command.sagaadmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.kiroku.command.RealInfrastructure;
import io.kiroku.command.Shop;
import io.kiroku.eventstore.CommandIds;
import io.kiroku.proto.saga.v1.ListParkedSagasRequest;
import io.kiroku.proto.saga.v1.ListParkedSagasResponse;
import io.kiroku.proto.saga.v1.ParkedSaga;
import io.kiroku.proto.saga.v1.ReplayParkedSagaRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Operators see sagas that are set aside, and have them tried again.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class ParkedSagasIT {
  private static final Duration MOST = Duration.ofSeconds(60);
  private static final String PARK =
      "INSERT INTO saga_parked (category, saga_id, error, attempts, retry_at, partition)"
          + " VALUES ('fulfillment', $1, 'a bug', 3, now() + interval '1 h', 0)";

  @Inject Pool pool;
  String customerToken;
  Shop shop;

  @AfterEach
  void disconnect() {
    query("DELETE FROM saga_parked", Tuple.tuple());
    query("DELETE FROM saga_inbox", Tuple.tuple());
    stealLease();
  }

  @Test
  void trap_18_what_waits_for_a_parked_saga_is_shown_and_heard_in_order_when_it_is_replayed() {
    String key = Shop.newKey();
    String order =
        CommandIds.derived(CommandIds.commandId("default", "customer", key), "order").toString();
    var product = Shop.order(shop.product(10), "tok_ok", "1000001");
    park(order);
    assertThat(shop.place(product, key).getOrderId()).isEqualTo(order);
    ParkedSaga shown =
        await().atMost(MOST).until(() -> parked(order), saga -> saga.getQueuedTriggers() == 1);
    assertThat(shown.getSaga()).isEqualTo("order-fulfillment");
    assertThat(shown.getError()).isEqualTo("a bug");
    assertThat(shown.getAttempts()).isEqualTo(3);
    assertThat(shown.getNextRetryAt().getSeconds())
        .isGreaterThan(shown.getParkedAt().getSeconds() + 3_000);
    assertThat(shown.getFirstPosition()).isPositive();

    assertThat(replay(order).getReplayedTriggers()).isEqualTo(1);

    await()
        .atMost(MOST)
        .ignoreException(StatusRuntimeException.class)
        .until(() -> shop.saga(order).getStatus(), "COMPLETED"::equals);
    assertThat(refusal(order)).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void a_replay_that_fails_again_says_so_and_counts() {
    String order = Shop.newKey();
    park(order);
    query(
        "INSERT INTO saga_inbox (category, saga_id, position, stream, revision)"
            + " VALUES ('fulfillment', $1::text, 1, 'order-' || $1::text, 7)",
        Tuple.of(order));
    assertThat(refusal(order)).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(parked(order).getAttempts()).isEqualTo(4);
    assertThat(parked(order).getQueuedTriggers()).isEqualTo(1);
  }

  @Test
  void parked_sagas_are_paged_the_longest_parked_first_and_for_admins_only() {
    List<String> orders = List.of(Shop.newKey(), Shop.newKey(), Shop.newKey());
    orders.forEach(this::park);
    List<String> shown = new ArrayList<>();
    var request = ListParkedSagasRequest.newBuilder().setPageSize(2);
    ListParkedSagasResponse page;
    do {
      page = shop.admin().listParkedSagas(request.build());
      page.getSagasList().forEach(saga -> shown.add(saga.getSagaId()));
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    assertThat(shown).containsExactlyElementsOf(orders);

    var customer = new Shop(shop.channel(), customerToken, customerToken).admin();
    assertThat(
            catchThrowableOfType(
                    StatusRuntimeException.class, () -> customer.listParkedSagas(request.build()))
                .getStatus()
                .getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  /// Whoever runs the sagas learns of it when he takes the lease.
  private void park(String order) {
    query(PARK, Tuple.of(order));
    stealLease();
    await().atMost(MOST).until(() -> leaseIsHeld());
  }

  private void stealLease() {
    query(
        "UPDATE log_consumer SET epoch = epoch + 1, owner = NULL, lease_until = '-infinity'"
            + " WHERE consumer = 'saga-runner'",
        Tuple.tuple());
  }

  private boolean leaseIsHeld() {
    return pool.query(
            "SELECT owner IS NOT NULL AND lease_until > now() FROM log_consumer"
                + " WHERE consumer = 'saga-runner'")
        .execute()
        .map(rows -> rows.iterator().next().getBoolean(0))
        .await()
        .atMost(MOST);
  }

  private ParkedSaga parked(String order) {
    return shop
        .admin()
        .listParkedSagas(ListParkedSagasRequest.getDefaultInstance())
        .getSagasList()
        .stream()
        .filter(saga -> saga.getSagaId().equals(order))
        .findFirst()
        .orElseThrow();
  }

  private io.kiroku.proto.saga.v1.ReplayParkedSagaResponse replay(String order) {
    return shop.admin()
        .replayParkedSaga(ReplayParkedSagaRequest.newBuilder().setSagaId(order).build());
  }

  private Code refusal(String order) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> replay(order))
        .getStatus()
        .getCode();
  }

  private void query(String sql, Tuple values) {
    var _ = pool.preparedQuery(sql).execute(values).await().atMost(MOST);
  }
}
