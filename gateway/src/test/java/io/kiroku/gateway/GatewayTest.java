package io.kiroku.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kiroku.eventstore.CommandIds;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(RunningServices.class)
@NullUnmarked // Quarkus sets the fields.
class GatewayTest {
  private static final String ORDERS = "/api/v1/orders";
  private static final String ORDER =
      """
      {"items": [{"productId": "6f1c3a52-0d4f-4d8e-9d5a-3b1f6f2d9c01", "quantity": 2}],
       "shippingAddress": {"recipient": "Mika", "line1": "1-1", "city": "Kyoto", "postalCode": "604-8001", "country": "JP"},
       "paymentToken": "tok_ok"}\
      """;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();

  @TestHTTPResource URI http;
  PrivateKey key;

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void an_order_is_accepted_and_its_job_can_be_followed() throws Exception {
    HttpResponse<String> placed = post(ORDERS, ORDER, "Idempotency-Key", "an-order");

    UUID commandId = CommandIds.commandId("default", "mika", "an-order");
    String jobId = CommandIds.derived(commandId, "job").toString();
    JsonNode body = JSON.readTree(placed.body());
    assertThat(placed.statusCode()).as(placed.body()).isEqualTo(202);
    assertThat(placed.headers().firstValue("Location").orElseThrow())
        .endsWith("/api/v1/jobs/" + jobId);
    assertThat(placed.headers().firstValue("Consistency-Token")).hasValue("token-1");
    assertThat(body.path("jobId").asText()).isEqualTo(jobId);
    assertThat(body.path("totalMinorUnits").asLong()).isEqualTo(1200);
    assertThat(body.path("links").path("order").asText())
        .isEqualTo(ORDERS + "/" + body.path("orderId").asText());
    assertThat(job("an-order").path("state").asText()).isEqualTo("ISSUED");
  }

  @Test
  void without_a_key_each_order_is_another() throws Exception {
    String first = JSON.readTree(post(ORDERS, ORDER).body()).path("orderId").asText();
    String second = JSON.readTree(post(ORDERS, ORDER).body()).path("orderId").asText();

    assertThat(first).isNotEmpty().isNotEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource({
    "refuse, 422, ORDER_BELOW_MINIMUM, FAILED",
    "reused, 409, COMMAND_ID_REUSED, ISSUED",
    "busy, 429, OVERLOADED, ISSUED",
    "down, 503, UNAVAILABLE, ISSUED",
    "bug, 500, INTERNAL, ISSUED"
  })
  void a_refused_order_is_a_problem_and_only_a_final_refusal_ends_the_job(
      String wish, int status, String code, String jobState) throws Exception {
    HttpResponse<String> refused =
        post(ORDERS, ORDER.replace("tok_ok", wish), "Idempotency-Key", wish);

    assertProblem(refused, status, code);
    assertThat(refused.headers().firstValue("Retry-After").isPresent())
        .isEqualTo(status == 429 || status == 503);
    assertThat(job(wish).path("state").asText()).isEqualTo(jobState);
  }

  @Test
  void above_the_bound_orders_are_sent_away_at_once() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> held =
        List.of(start(ORDER.replace("tok_ok", "hold")), start(ORDER.replace("tok_ok", "hold")));
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> get("/q/metrics", "").body().contains("kiroku_orders_placing 2.0"));

    HttpResponse<String> refused = post(ORDERS, ORDER, "Idempotency-Key", "one-too-many");
    assertProblem(refused, 429, "OVERLOADED");
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
    // The job is what an order begins with: no service was asked for anything.
    assertThat(job("one-too-many").path("code").asText()).isEqualTo("JOB_NOT_FOUND");

    // One place is needed to let the others go; it is had when a held one's client gives up.
    held.getFirst().cancel(true);
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> post(ORDERS, ORDER.replace("tok_ok", "release")).statusCode() == 202);
    assertThat(held.getLast().get().statusCode()).isEqualTo(202);
    assertThat(post(ORDERS, ORDER, "Idempotency-Key", "one-too-many").statusCode()).isEqualTo(202);
    assertThat(job("one-too-many").path("state").asText()).isEqualTo("ISSUED");
  }

  @Test
  void an_order_above_the_backlogs_bound_is_taken_later_under_the_same_key() throws Exception {
    String order = ORDER.replace("tok_ok", "backlog");

    HttpResponse<String> refused = post(ORDERS, order, "Idempotency-Key", "backlog");
    assertProblem(refused, 429, "TOO_MANY_ORDERS_IN_PROGRESS");
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("7");

    HttpResponse<String> taken = post(ORDERS, order, "Idempotency-Key", "backlog");
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    assertThat(job("backlog").path("state").asText()).isEqualTo("ISSUED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"quantity\": 2 | \"quantity\": \"2\" | items[0].quantity",
        "\"quantity\": 2 | \"quantity\": 1.5 | items[0].quantity",
        "\"quantity\": 2 | \"quantity\": -1 | items[0].quantity",
        "\"quantity\": 2 | \"quantity\": 99999999999 | items[0].quantity",
        "\"quantity\": 2 | \"amount\": 2 | items[0].amount",
        "\"tok_ok\" | 7 | paymentToken",
        "\"tok_ok\" | null | paymentToken",
        "6f1c3a52-0d4f-4d8e-9d5a-3b1f6f2d9c01 | 7 | items[0].productId",
        "\"JP\" | \"Japan\" | shippingAddress.country",
        "\"recipient\": \"Mika\", | `` | shippingAddress.recipient"
      })
  void a_malformed_order_is_refused_with_the_path_of_the_mistake(
      String right, String wrong, String path) throws Exception {
    HttpResponse<String> refused = post(ORDERS, ORDER.replace(right, wrong));

    JsonNode problem = assertProblem(refused, 400, "INVALID_REQUEST");
    assertThat(problem.path("violations").findValuesAsText("path")).contains(path);
  }

  @Test
  void what_is_no_json_object_is_refused() throws Exception {
    for (String body :
        List.of(
            "",
            "null",
            "[]",
            "\"\"",
            "{",
            ORDER + "{}",
            ORDER.replace("\"items\"", "\"paymentToken\": \"x\", \"items\""))) {
      assertProblem(post(ORDERS, body), 400, "INVALID_REQUEST");
    }
  }

  @Test
  void large_bodies_are_refused_whole_and_in_chunks() throws Exception {
    byte[] large =
        ("{\"paymentToken\": \"" + "x".repeat(10_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);

    assertProblem(send(ORDERS, BodyPublishers.ofByteArray(large)), 413, "BODY_TOO_LARGE");
    byte[] justOver = new byte[300 * 1024];
    assertProblem(
        send(ORDERS, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(justOver))),
        413,
        "BODY_TOO_LARGE");
    BodyPublisher chunked =
        BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream(ORDER.getBytes(StandardCharsets.UTF_8)));
    assertThat(send(ORDERS, chunked).statusCode()).isEqualTo(202);
  }

  @Test
  void what_http_refuses_is_a_problem_too() throws Exception {
    assertProblem(get("/api/v1/teapots", ""), 404, "PATH_NOT_FOUND");
    assertProblem(get("/teapots", ""), 404, "PATH_NOT_FOUND");
    assertProblem(get(ORDERS + "/no-uuid", token()), 400, "INVALID_REQUEST");
    assertProblem(get(ORDERS + "?pageSize=many", token()), 400, "INVALID_REQUEST");
    HttpRequest.Builder delete = HttpRequest.newBuilder(http.resolve(ORDERS)).DELETE();
    assertProblem(client.send(delete.build(), BodyHandlers.ofString()), 405, "METHOD_NOT_ALLOWED");
    HttpRequest.Builder xml =
        HttpRequest.newBuilder(http.resolve(ORDERS))
            .header("Content-Type", "text/xml")
            .POST(BodyPublishers.ofString("<order/>"));
    assertProblem(client.send(xml.build(), BodyHandlers.ofString()), 415, "UNSUPPORTED_MEDIA_TYPE");
    HttpRequest.Builder html =
        HttpRequest.newBuilder(http.resolve("/api/v1/categories")).header("Accept", "text/html");
    assertProblem(client.send(html.build(), BodyHandlers.ofString()), 406, "NOT_ACCEPTABLE");
  }

  @Test
  void who_may_not_is_told_so() throws Exception {
    HttpResponse<String> anonymous = send(ORDERS, "", BodyPublishers.ofString(ORDER));
    assertProblem(anonymous, 401, "UNAUTHENTICATED");
    assertThat(anonymous.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertProblem(
        send(ORDERS, "not.a.token", BodyPublishers.ofString(ORDER)), 401, "UNAUTHENTICATED");
    assertProblem(post("/api/v1/categories", "{\"name\": \"Tea\"}"), 403, "FORBIDDEN");
    assertProblem(get("/api/v1/sagas", token()), 403, "FORBIDDEN");
    String writer = RunningServices.token(key, "staff", "writer");
    assertThat(
            send("/api/v1/categories", writer, BodyPublishers.ofString("{\"name\": \"Tea\"}"))
                .statusCode())
        .isEqualTo(201);
  }

  @Test
  void a_wrong_revision_is_409_and_with_if_match_412() throws Exception {
    String path = "/api/v1/products/" + UUID.randomUUID() + "/stock-receipts";
    String writer = RunningServices.token(key, "staff", "writer");

    assertProblem(
        send(path, writer, BodyPublishers.ofString("{\"quantity\": 1, \"expectedRevision\": 3}")),
        409,
        "REVISION_CONFLICT");
    assertProblem(
        send(path, writer, BodyPublishers.ofString("{\"quantity\": 1}"), "If-Match", "\"3\""),
        412,
        "REVISION_CONFLICT");
    HttpResponse<String> right =
        send(path, writer, BodyPublishers.ofString("{\"quantity\": 1}"), "If-Match", "\"4\"");
    assertThat(right.statusCode()).isEqualTo(201);
    assertThat(right.headers().firstValue("ETag")).hasValue("\"5\"");
  }

  @Test
  void an_empty_category_is_deleted_and_any_other_is_409() throws Exception {
    String path = "/api/v1/categories/";
    String writer = RunningServices.token(key, "staff", "writer");
    String empty = path + "0f1c3a52-0d4f-4d8e-9d5a-3b1f6f2d9c01";
    HttpResponse<String> deleted = delete(empty, writer, "If-Match", "\"4\"");
    assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
    assertThat(deleted.headers().firstValue("Consistency-Token")).hasValue("token-4");
    assertThat(deleted.headers().firstValue("ETag")).hasValue("\"5\"");

    assertProblem(delete(empty, writer, "If-Match", "\"3\""), 412, "REVISION_CONFLICT");
    assertProblem(
        delete(path + "ff1c3a52-0d4f-4d8e-9d5a-3b1f6f2d9c01", writer),
        409,
        "CATEGORY_HAS_PRODUCTS");
    assertProblem(delete(path + "no-uuid", writer), 400, "INVALID_REQUEST");
    assertProblem(delete(empty, token()), 403, "FORBIDDEN");
  }

  @Test
  void a_consistency_token_reaches_the_query_and_anybody_reads_the_catalog() throws Exception {
    String path = "/api/v1/products/" + UUID.randomUUID();
    assertProblem(get(path, ""), 404, "PRODUCT_NOT_FOUND");

    HttpRequest with =
        HttpRequest.newBuilder(http.resolve(path)).header("Consistency-Token", "token-9").build();
    HttpResponse<String> found = client.send(with, BodyHandlers.ofString());

    assertThat(JSON.readTree(found.body()).path("name").asText()).isEqualTo("token-9");
    assertThat(found.headers().firstValue("ETag")).hasValue("\"3\"");
  }

  @Test
  void keys_must_be_short_and_printable() throws Exception {
    assertProblem(post(ORDERS, ORDER, "Idempotency-Key", "k".repeat(201)), 400, "INVALID_REQUEST");
    assertProblem(post(ORDERS, ORDER, "If-Match", "soon"), 400, "INVALID_REQUEST");
    assertThat(post(ORDERS, ORDER, "Idempotency-Key", "k".repeat(200)).statusCode()).isEqualTo(202);
  }

  @Test
  void it_is_ready_measured_and_described() throws Exception {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> get("/q/health/ready", "").statusCode() == 200);
    assertThat(get("/q/health", "").statusCode()).isEqualTo(200);
    assertThat(get("/q/metrics", "").body()).contains("http_server_requests");
    assertThat(get("/q/openapi", "").body()).contains("/api/v1/orders");
  }

  private JsonNode job(String idempotencyKey) throws Exception {
    UUID commandId = CommandIds.commandId("default", "mika", idempotencyKey);
    return JSON.readTree(
        get("/api/v1/jobs/" + CommandIds.derived(commandId, "job"), token()).body());
  }

  private String token() {
    return RunningServices.token(key, "mika", "reader");
  }

  private HttpResponse<String> get(String path, String bearer) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(http.resolve(path));
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> delete(String path, String bearer, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(http.resolve(path))
            .header("Authorization", "Bearer " + bearer)
            .DELETE();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return send(path, token(), BodyPublishers.ofString(body), headers);
  }

  private CompletableFuture<HttpResponse<String>> start(String order) {
    return client.sendAsync(
        request(ORDERS, token(), BodyPublishers.ofString(order)), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String path, BodyPublisher body) throws Exception {
    return send(path, token(), body);
  }

  private HttpResponse<String> send(
      String path, String bearer, BodyPublisher body, String... headers) throws Exception {
    return client.send(request(path, bearer, body, headers), BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String bearer, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(http.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .POST(body);
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  private static JsonNode assertProblem(HttpResponse<String> response, int status, String code)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .as(response.statusCode() + response.body())
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    JsonNode problem = JSON.readTree(response.body());
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("type").asText()).startsWith("urn:kiroku:problem:");
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("detail").asText())
        .isNotBlank()
        .doesNotContain("Exception", "io.kiroku", "java.");
    return problem;
  }
}
