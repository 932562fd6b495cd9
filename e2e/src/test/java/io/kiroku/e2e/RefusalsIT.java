package io.kiroku.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.client.KirokuClient;
import io.kiroku.client.PlacedOrder;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(RunningPlatform.Extension.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RefusalsIT {
  private static final int BODY_OF_10_MB = 10_000_000;

  private final RunningPlatform platform;
  private TestShop shop;

  RefusalsIT(RunningPlatform platform) {
    this.platform = platform;
    this.shop = new TestShop("", 0);
  }

  @BeforeEach
  void openShop() {
    platform.heal();
    shop = TestShop.withPieces(platform.staff(), 100);
  }

  static Stream<Arguments> badBodies() {
    return Stream.of(
        Arguments.of("no JSON", "{\"items\": [", 400),
        Arguments.of("no object", "[]", 400),
        Arguments.of("unknown field", "{\"items\": [], \"colour\": \"red\"}", 400),
        Arguments.of("wrong type", order("\"two\""), 400),
        Arguments.of("a fraction", order("1.5"), 400),
        Arguments.of("negative quantity", order("-1"), 400),
        Arguments.of("something after the end", order("1") + "{}", 400),
        Arguments.of("10 MB", "{\"paymentToken\": \"" + "x".repeat(BODY_OF_10_MB) + "\"}", 413));
  }

  @ParameterizedTest(name = "{0} is {2}")
  @MethodSource("badBodies")
  void a_bad_order_is_refused_with_a_problem_and_nothing_is_stored(
      String what, String body, int status) throws Exception {
    String user = "bad-" + UUID.randomUUID();
    String bearer = platform.token("reader", user);

    HttpResponse<String> response =
        post("/api/v1/orders", body.replace("PRODUCT", shop.product()), bearer);

    assertProblem(response, status);
    assertThat(platform.customer(user).orders()).isEmpty();
  }

  @Test
  void an_unknown_product_is_refused() throws Exception {
    String body = order("1").replace("PRODUCT", UUID.randomUUID().toString());
    HttpResponse<String> response = post("/api/v1/orders", body, platform.token("reader", "aoi"));

    assertProblem(response, 404);
    assertThat(response.body()).contains("PRODUCT_NOT_FOUND");
  }

  /// Trap 16: any user may watch any job.
  @Test
  void trap_16_somebody_elses_order_and_job_look_like_unknown_ones() throws Exception {
    KirokuClient owner = platform.customer("owner");
    PlacedOrder placed = owner.placeOrder(shop.order(1), null);
    String stranger = platform.token("reader", "stranger");

    HttpResponse<String> theirs = get("/api/v1/orders/" + placed.orderId(), stranger);
    HttpResponse<String> unknown = get("/api/v1/orders/" + UUID.randomUUID(), stranger);

    assertProblem(theirs, 404);
    assertProblem(unknown, 404);
    assertProblem(get("/api/v1/jobs/" + placed.jobId(), stranger), 404);
    assertProblem(get("/api/v1/orders/no-uuid", stranger), 400);
  }

  @Test
  void a_missing_or_bad_token_is_401_and_a_reader_may_not_fill_the_shop() throws Exception {
    String body = order("1").replace("PRODUCT", shop.product());
    assertProblem(post("/api/v1/orders", body, ""), 401);
    assertProblem(post("/api/v1/orders", body, "not.a.token"), 401);

    String category = "{\"name\": \"Mine\", \"description\": \"\"}";
    assertProblem(post("/api/v1/categories", category, platform.token("reader", "aoi")), 403);
  }

  @Test
  void an_unknown_path_and_a_wrong_method_are_problems_too() throws Exception {
    assertProblem(get("/api/v1/teapots", ""), 404);
    assertProblem(post("/api/v1/orders/" + UUID.randomUUID(), "{}", ""), 405);
  }

  /// Trap 6: version check and write in two calls lose an update.
  @Test
  void trap_6_of_two_commands_on_one_expected_revision_one_wins_and_one_is_409() throws Exception {
    String path = "/api/v1/products/" + shop.product() + "/stock-receipts";
    String body = "{\"quantity\": 5, \"expectedRevision\": 0}";
    String bearer = platform.token("admin", "staff");

    List<Integer> statuses;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> calls =
          Stream.of(1, 2)
              .map(_ -> threads.submit(() -> post(path, body, bearer).statusCode()))
              .toList();
      statuses = List.of(calls.get(0).get(), calls.get(1).get());
    }

    assertThat(statuses).filteredOn(status -> status == 409).hasSize(1);
    assertThat(statuses).filteredOn(status -> status / 100 == 2).hasSize(1);
  }

  private static String order(String quantity) {
    return """
    {"items": [{"productId": "PRODUCT", "quantity": %s}],
     "shippingAddress": {"recipient": "Aoi", "line1": "1", "city": "Kyoto",
       "postalCode": "605-0001", "country": "JP"},
     "paymentToken": "tok_ok"}\
    """
        .formatted(quantity);
  }

  private HttpResponse<String> post(String path, String body, String bearer)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(platform.gateway().resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return send(request, bearer);
  }

  private HttpResponse<String> get(String path, String bearer)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(platform.gateway().resolve(path)).GET(), bearer);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String bearer)
      throws IOException, InterruptedException {
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return platform.http().send(request.build(), BodyHandlers.ofString());
  }

  private static void assertProblem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(response.body()).contains("\"code\"").doesNotContain("\tat ", "Exception");
  }
}
