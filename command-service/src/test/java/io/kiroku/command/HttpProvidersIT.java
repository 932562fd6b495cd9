package io.kiroku.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The service with payment provider and carrier over HTTP: what its orders say, the provider's own
/// book says too.
@QuarkusTest
@TestProfile(HttpProvidersIT.OverHttp.class)
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class HttpProvidersIT {
  private static final Duration SAGA_MOST = Duration.ofSeconds(60);
  private static final int PIECES = 100;

  private final HttpClient http = HttpClient.newHttpClient();

  @ConfigProperty(name = "kiroku.payment.http.url")
  String provider;

  Shop shop;

  /// All else is as in the other tests.
  public static final class OverHttp implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("kiroku.payment.provider", "http", "kiroku.shipping.carrier", "http");
    }
  }

  @AfterEach
  void disconnect() {
    http.close();
  }

  @Test
  void an_order_goes_all_the_way_and_its_money_and_its_parcel_are_there() throws Exception {
    String order = place("tok_ok", "1000001", "COMPLETED");
    assertThat(payment(order).getLong("captured")).isPositive();
    assertThat(payment(order).getLong("refunded")).isZero();
    assertThat(json(provider + "/v1/shipments/" + order + ":arrange-shipping").getString("status"))
        .isEqualTo("ARRANGED");
  }

  @Test
  void a_refused_shipment_gives_the_money_back_over_there_too() throws Exception {
    String order = place("tok_ok", "9990001", "COMPENSATED");
    assertThat(payment(order).getLong("captured")).isPositive();
    assertThat(payment(order).getLong("refunded")).isEqualTo(payment(order).getLong("captured"));
  }

  @Test
  void a_declined_payment_cancels_the_order() throws Exception {
    String order = place("tok_insufficient_funds", "1000001", "COMPENSATED");
    assertThat(shop.saga(order).getCode()).isEqualTo("INSUFFICIENT_FUNDS");
    assertThat(payment(order).getLong("captured")).isZero();
  }

  @Test
  void an_outage_of_a_moment_costs_no_order() throws Exception {
    String order = place("tok_temporarily_unavailable", "1000001", "COMPLETED");
    assertThat(payment(order).getLong("captured")).isPositive();
  }

  @Test
  void an_answer_later_than_the_time_limit_costs_no_order_and_no_second_charge() throws Exception {
    String order = place("tok_ok_slow", "1000001", "COMPLETED");
    assertThat(payment(order).getString("status")).isEqualTo("CAPTURED");
    assertThat(metrics()).contains("outcome=\"failed\",provider=\"payment-provider\"");
  }

  @Test
  void health_and_metrics_tell_of_the_breakers() throws Exception {
    place("tok_ok", "1000001", "COMPLETED");
    assertThat(text("http://127.0.0.1:" + ownPort() + "/q/health/ready"))
        .contains("\"payment-provider\": \"closed\"", "\"carrier\": \"closed\"");
    assertThat(metrics())
        .contains("kiroku_provider_breaker_open{provider=\"carrier\"} 0.0")
        .contains("kiroku_provider_calls_seconds_count{outcome=\"answered\",provider=\"carrier\"}");
  }

  private String place(String token, String postalCode, String end) {
    String product = shop.product(PIECES);
    String order = shop.place(Shop.order(product, token, postalCode)).getOrderId();
    await()
        .atMost(SAGA_MOST)
        .ignoreException(StatusRuntimeException.class)
        .until(() -> shop.saga(order).getStatus(), end::equals);
    return order;
  }

  private JsonObject payment(String order) throws Exception {
    return json(provider + "/v1/payments/" + order + ":process-payment");
  }

  private String metrics() throws Exception {
    return text("http://127.0.0.1:" + ownPort() + "/q/metrics");
  }

  private JsonObject json(String url) throws Exception {
    return new JsonObject(text(url));
  }

  private String text(String url) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url)).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private static int ownPort() {
    return ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
  }
}
