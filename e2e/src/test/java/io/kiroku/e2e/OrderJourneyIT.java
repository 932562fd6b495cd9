package io.kiroku.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiroku.client.Address;
import io.kiroku.client.JobUpdate;
import io.kiroku.client.NewOrder;
import io.kiroku.client.OrderView;
import io.kiroku.client.PlacedOrder;
import io.kiroku.client.StockView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningPlatform.Extension.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class OrderJourneyIT {
  private static final List<String> SERVICES =
      List.of("gateway", "command-service", "query-service", "job-service", "ws-service");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RunningPlatform platform;
  private TestShop shop;

  OrderJourneyIT(RunningPlatform platform) {
    this.platform = platform;
    this.shop = new TestShop("", 0);
  }

  @BeforeEach
  void openShop() {
    platform.heal();
    shop = TestShop.withPieces(platform.staff(), 10);
  }

  /// How an order ended: what the WebSocket told, and what the query side shows with its token.
  private record Journey(List<JobUpdate> updates, JobUpdate end, OrderView order) {}

  @Test
  void an_order_is_reserved_paid_shipped_committed_and_confirmed() {
    Journey journey = travel(shop.order(2));

    assertThat(journey.end().isSuccess()).isTrue();
    assertThat(journey.end().progress()).isEqualTo(100);
    assertThat(journey.order().status()).isEqualTo("CONFIRMED");
    assertThat(journey.order().capturedMinorUnits()).isEqualTo(2 * shop.priceYen());
    assertThat(completedSteps(journey))
        .containsSubsequence(
            "reserve-inventory",
            "process-payment",
            "arrange-shipping",
            "commit-stock",
            "confirm-order");
    assertStock(0, 2, 8);
  }

  @Test
  void a_declined_card_releases_the_stock_and_cancels_with_the_providers_code() {
    Journey journey = travel(shop.order(2, "tok_insufficient_funds", TestShop.KYOTO));

    assertCancelled(journey, "INSUFFICIENT_FUNDS");
    assertThat(journey.order().capturedMinorUnits()).isZero();
    assertStock(0, 0, 10);
  }

  @Test
  void more_than_is_in_stock_is_cancelled_and_nothing_is_charged() {
    Journey journey = travel(shop.order(11));

    assertCancelled(journey, "INSUFFICIENT_STOCK");
    assertThat(journey.order().payment() == null || journey.order().capturedMinorUnits() == 0)
        .isTrue();
    assertStock(0, 0, 10);
  }

  @Test
  void a_restricted_area_is_refunded_released_and_cancelled() {
    Journey journey = travel(shop.order(2, "tok_ok", TestShop.RESTRICTED));

    assertCancelled(journey, "RESTRICTED_AREA");
    assertThat(journey.order().capturedMinorUnits()).isEqualTo(2 * shop.priceYen());
    assertThat(journey.order().refundedMinorUnits()).isEqualTo(2 * shop.priceYen());
    assertStock(0, 0, 10);
  }

  @Test
  void an_invalid_address_cancels_the_order_too() {
    var nowhere = new Address("Aoi Sato", "?", "?", "000-0000", "JP");
    assertCancelled(travel(shop.order(1, "tok_ok", nowhere)), "INVALID_ADDRESS");
  }

  @Test
  void a_finished_job_is_told_whole_to_whoever_subscribes_later() {
    PlacedOrder placed = platform.customer("aoi").placeOrder(shop.order(1), null);
    JobUpdate first = follow(placed, new ArrayList<>());

    var later = new ArrayList<JobUpdate>();
    JobUpdate again = follow(placed, later);

    assertThat(again.state()).isEqualTo(first.state());
    assertThat(later)
        .extracting(JobUpdate::sequence)
        .startsWith(1L)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void one_trace_id_leads_from_the_request_to_the_websocket_through_every_services_log() {
    Journey journey = travel(shop.order(1));

    String traceId = journey.end().traceId();
    assertThat(traceId).matches("[0-9a-f]{32}");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(SERVICES).allSatisfy(service -> assertThat(log(service)).contains(traceId)));
  }

  private Journey travel(NewOrder order) {
    PlacedOrder placed = platform.customer("aoi").placeOrder(order, UUID.randomUUID().toString());
    var updates = new ArrayList<JobUpdate>();
    JobUpdate end = follow(placed, updates);
    OrderView view = platform.customer("aoi").order(placed.orderId(), end.consistencyToken());
    return new Journey(updates, end, view);
  }

  private JobUpdate follow(PlacedOrder placed, List<JobUpdate> updates) {
    try (var socket = platform.socket("aoi")) {
      return socket
          .follow(placed.jobId(), updates::add)
          .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .join();
    }
  }

  private static List<String> completedSteps(Journey journey) {
    return journey.updates().stream()
        .filter(update -> update.action().equals("step-completed"))
        .map(JobUpdate::step)
        .toList();
  }

  private static void assertCancelled(Journey journey, String code) {
    assertThat(journey.end().state()).isEqualTo("FAILED");
    assertThat(journey.order().status()).isEqualTo("CANCELLED");
    assertThat(journey.order().reason()).isEqualTo(code);
  }

  private void assertStock(long reserved, long committed, long available) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(platform.staff().stock(shop.product()))
                .isEqualTo(new StockView(shop.product(), 10, reserved, committed, available)));
  }

  private String log(String service) throws IOException {
    Path log = platform.parts().layout().log(service);
    return Files.readString(log);
  }
}
