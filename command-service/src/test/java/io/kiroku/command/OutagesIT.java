package io.kiroku.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.EventLog;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.Progress;
import io.kiroku.proto.ordering.v1.PlaceOrderRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What the service needs is away for a while, under orders, and comes back. Steps have seconds, so
/// that their timers are due during the outage. `-Dkiroku.outage.seconds=120` for long ones.
@QuarkusTest
@TestProfile(OutagesIT.ShortTimeouts.class)
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class OutagesIT {
  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("kiroku.outage.seconds", 12));
  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SHOWN_MOST = Duration.ofSeconds(20);
  private static final Duration RESUMED_MOST = Duration.ofMinutes(2);
  private static final int ORDERS_BEFORE = 8;
  private static final int ORDERS_DURING = 4;
  private static final int PIECES = 1_000;
  private static final int PIECES_EACH = 2;

  /// The forward steps of the fulfillment have seconds.
  public static final class ShortTimeouts implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new HashMap<>();
      Stream.of(
              "reserve-inventory",
              "process-payment",
              "arrange-shipping",
              "commit-stock",
              "confirm-order")
          .forEach(step ->
              config.put("kiroku.fulfillment.steps." + step + ".timeout", STEP_TIMEOUT.toString()));
      return config;
    }
  }

  @Inject EventLog log;

  Platform platform;
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;
  Shop shop;
  private String product;

  @BeforeEach
  void openShop() {
    platform.startInfrastructure(Progress.SILENT);
    port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    await()
        .atMost(RESUMED_MOST)
        .ignoreExceptions()
        .untilAsserted(() -> product = shop.product(PIECES));
  }

  @AfterEach
  void disconnect() {
    platform.startInfrastructure(Progress.SILENT);
    http.close();
  }

  /// Else an outage is taken for the saga's own failure, and the saga parked.
  @Test
  void trap_28_what_the_event_store_s_client_throws_is_known_here() throws Exception {
    ClassLoader ofClient =
        Class.forName("com.eventstore.dbclient.EventStoreDBClient").getClassLoader();

    assertThat(ofClient.loadClass(StatusRuntimeException.class.getName()))
        .isSameAs(StatusRuntimeException.class);
  }

  @Test
  void traps_25_and_28_the_event_store_away_compensates_nothing_and_restarts_nobody()
      throws Exception {
    List<String> orders =
        orderThrough("eventstore-node", "\"name\":\"event-store\",\"status\":\"DOWN\"");

    assertAllConfirmed(orders);
  }

  /// The node of the event store keeps its log in the same server: both are away.
  @Test
  void traps_25_and_28_postgres_away_compensates_nothing_and_restarts_nobody() throws Exception {
    List<String> orders =
        orderThrough(
            "postgres",
            "\"name\":\"Reactive PostgreSQL connections health check\",\"status\":\"DOWN\"");

    assertAllConfirmed(orders);
  }

  /// Nobody can answer what has not arrived: steps do time out here, and what their attempts do not
  /// outlast is compensated; nothing else.
  @Test
  void trap_28_kafka_away_loses_nothing_and_restarts_nobody() throws Exception {
    List<String> orders = orderThrough("stack", "\"state\":\"away\"");

    assertConserved(orders);
  }

  @Test
  void trap_28_the_schema_registry_away_is_not_noticed() throws Exception {
    platform.kill("registry");
    List<String> orders = placed(ORDERS_BEFORE);
    awaitEnd(orders);
    TimeUnit.MILLISECONDS.sleep(OUTAGE.toMillis()); // the outage is what is tested
    orders.addAll(placed(ORDERS_DURING));
    awaitEnd(orders);
    platform.start("registry");

    assertAllConfirmed(orders);
  }

  /// Orders before and during the outage; returns when all of them have ended.
  private List<String> orderThrough(String part, String shown) throws Exception {
    List<String> orders = placed(ORDERS_BEFORE);
    platform.kill(part);
    long end = System.nanoTime() + OUTAGE.toNanos();
    try (ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> during =
          IntStream.range(0, ORDERS_DURING)
              .mapToObj(_ -> customers.submit(this::placeWhateverHappens))
              .toList();
      await().atMost(SHOWN_MOST).untilAsserted(() -> assertThat(readiness()).contains(shown));
      TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
      platform.start(part);
      long back = System.nanoTime();
      for (Future<String> order : during) {
        orders.add(order.get(RESUMED_MOST.toSeconds(), TimeUnit.SECONDS));
      }
      awaitEnd(orders);
      System.out.printf(
          "%s was away for %d s: %d orders ended %.1f s after it was back, %d of them confirmed%n",
          part,
          OUTAGE.toSeconds(),
          orders.size(),
          (System.nanoTime() - back) / 1e9,
          orders.stream().filter(this::isConfirmed).count());
    }
    await()
        .atMost(SHOWN_MOST)
        .untilAsserted(
            () -> assertThat(readiness()).doesNotContain("DOWN").doesNotContain("\"away\""));
    return orders;
  }

  private List<String> placed(int orders) {
    List<String> placed = new ArrayList<>();
    IntStream.range(0, orders).forEach(_ -> placed.add(placeWhateverHappens()));
    return placed;
  }

  /// As clients do: again under the same key until there is an answer.
  private String placeWhateverHappens() {
    String key = Shop.newKey();
    PlaceOrderRequest order = Shop.order(product, "tok_ok", "1000001");
    return await()
        .atMost(OUTAGE.plus(RESUMED_MOST))
        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
        .until(() -> shop.place(order, key).getOrderId(), id -> !id.isEmpty());
  }

  private void awaitEnd(List<String> orders) {
    await()
        .atMost(RESUMED_MOST)
        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
        .untilAsserted(() ->
            assertThat(orders)
                .allSatisfy(order ->
                    assertThat(shop.saga(order).getStatus()).isIn("COMPLETED", "COMPENSATED")));
  }

  private void assertAllConfirmed(List<String> orders) {
    assertConserved(orders);
    assertThat(orders).allMatch(this::isConfirmed);
  }

  /// Each order paid once or not at all, and as many pieces gone as confirmed orders took.
  private void assertConserved(List<String> orders) {
    assertThat(orders).doesNotHaveDuplicates().hasSize(ORDERS_BEFORE + ORDERS_DURING);
    Map<String, List<String>> types = new HashMap<>();
    log.read(EventLog.START, 100_000)
        .await()
        .atMost(SHOWN_MOST)
        .forEach(event ->
            types
                .computeIfAbsent(event.stream().value(), _ -> new ArrayList<>())
                .add(event.type()));
    int confirmed = 0;
    for (String order : orders) {
      List<String> payment = types.getOrDefault("payment-" + order, List.of());
      long kept = count(payment, "payment-captured.v1") - count(payment, "payment-refunded.v1");
      assertThat(kept).as("payments kept of order %s", order).isEqualTo(isConfirmed(order) ? 1 : 0);
      assertThat(count(payment, "payment-captured.v1")).isLessThanOrEqualTo(1);
      assertThat(count(types.get("order-" + order), "order-placed.v1")).isEqualTo(1);
      confirmed += isConfirmed(order) ? 1 : 0;
    }
    assertThat(shop.availableAfterOneMore(product)).isEqualTo(PIECES + 1 - PIECES_EACH * confirmed);
  }

  private static long count(List<String> types, String type) {
    return types.stream().filter(type::equals).count();
  }

  private boolean isConfirmed(String order) {
    return shop.saga(order).getStatus().equals("COMPLETED");
  }

  private String readiness() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
    String body = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    return body.replaceAll("\\s+(?=([^\"]*\"[^\"]*\")*[^\"]*$)", "");
  }
}
