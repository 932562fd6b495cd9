package io.kiroku.provider.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `docs/providers.md` promises, over HTTP.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProviderSimulatorTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration SLOW = Duration.ofMillis(400);

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path directory = Path.of("");
  private ProviderSimulator simulator;

  ProviderSimulatorTest(@TempDir Path elsewhere) throws IOException {
    simulator = open(elsewhere.resolve("unused.jsonl"), "");
  }

  @BeforeEach
  void start() throws IOException {
    simulator.close();
    simulator = open(book(), "");
  }

  @AfterEach
  void stop() throws IOException {
    simulator.close();
    http.close();
  }

  @Test
  void the_same_key_takes_money_once_and_gets_the_first_answer() throws Exception {
    var first = capture("o-1:pay", 3_000, "tok_ok");
    var again = capture("o-1:pay", 3_000, "tok_ok");

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(field(again, "reference")).isEqualTo(field(first, "reference"));
    assertThat(total("captured")).isEqualTo(3_000);
  }

  @Test
  void the_same_key_at_the_same_moment_takes_money_once() throws Exception {
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        var _ = callers.submit(() -> capture("o-1:pay", 3_000, "tok_ok"));
      }
    }
    assertThat(total("captured")).isEqualTo(3_000);
  }

  @Test
  void another_request_under_a_known_key_is_refused() throws Exception {
    capture("o-1:pay", 3_000, "tok_ok");
    assertThat(capture("o-1:pay", 4_000, "tok_ok").statusCode()).isEqualTo(409);
  }

  @Test
  void tokens_decline_with_their_codes() throws Exception {
    assertThat(field(capture("a:pay", 1, "tok_insufficient_funds"), "code"))
        .isEqualTo("INSUFFICIENT_FUNDS");
    assertThat(field(capture("b:pay", 1, "tok_fraud"), "code")).isEqualTo("FRAUD_SUSPECTED");
    var invalid = capture("c:pay", 1, "4111");
    assertThat(field(invalid, "code")).isEqualTo("INVALID_PAYMENT_METHOD");
    assertThat(invalid.statusCode()).isEqualTo(402);
  }

  @Test
  void an_outage_passes_after_three_tries_of_the_same_key() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(capture("o-1:pay", 3_000, TestTokens.OUTAGE).statusCode()).isEqualTo(503);
    }
    assertThat(total("captured")).isZero();
    assertThat(capture("o-1:pay", 3_000, TestTokens.OUTAGE).statusCode()).isEqualTo(201);
  }

  @Test
  void a_slow_answer_comes_late_but_only_the_first_time() throws Exception {
    long begin = System.nanoTime();
    capture("o-1:pay", 3_000, TestTokens.SLOW);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(SLOW);

    begin = System.nanoTime();
    capture("o-1:pay", 3_000, TestTokens.SLOW);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SLOW);
  }

  @Test
  void what_is_voided_gives_back_what_was_taken_and_takes_nothing_any_more() throws Exception {
    String reference = field(capture("o-1:pay", 3_000, "tok_ok"), "reference");
    voidPayment("o-1:pay");
    voidPayment("o-1:pay");
    assertThat(total("refunded")).isEqualTo(3_000);

    assertThat(field(capture("o-1:pay", 3_000, "tok_ok"), "code")).isEqualTo("PAYMENT_VOIDED");
    assertThat(refund("o-1:refund", reference, 3_000).statusCode()).isEqualTo(201);
    assertThat(total("refunded")).isEqualTo(3_000);
  }

  @Test
  void what_is_voided_beforehand_is_never_taken() throws Exception {
    voidPayment("o-1:pay");
    assertThat(capture("o-1:pay", 3_000, "tok_ok").statusCode()).isEqualTo(402);
    assertThat(field(get("/v1/payments/o-1:pay"), "status")).isEqualTo("VOIDED");
  }

  @Test
  void a_refund_happens_once_and_never_gives_back_more_than_was_taken() throws Exception {
    String reference = field(capture("o-1:pay", 3_000, "tok_ok"), "reference");
    assertThat(refund("o-1:refund", reference, 2_000).statusCode()).isEqualTo(201);
    assertThat(refund("o-1:refund", reference, 2_000).statusCode()).isEqualTo(200);
    assertThat(refund("o-1:another", reference, 2_000).statusCode()).isEqualTo(422);
    assertThat(refund("o-2:refund", "pay_unknown", 1).statusCode()).isEqualTo(404);
    assertThat(total("refunded")).isEqualTo(2_000);
  }

  @Test
  void what_was_answered_is_there_after_a_restart_and_a_torn_line_is_not() throws Exception {
    String reference = field(capture("o-1:pay", 3_000, "tok_ok"), "reference");
    refund("o-1:refund", reference, 1_000);
    arrange("o-1:ship", "1000001", "JP");
    simulator.close();
    Files.writeString(book(), "{\"type\":\"capt", StandardOpenOption.APPEND);

    simulator = open(book(), "");
    assertThat(field(capture("o-1:pay", 3_000, "tok_ok"), "reference")).isEqualTo(reference);
    assertThat(total("refunded")).isEqualTo(1_000);
    assertThat(field(get("/v1/shipments/o-1:ship"), "status")).isEqualTo("ARRANGED");
    capture("o-2:pay", 5, "tok_ok");
    simulator.close();

    simulator = open(book(), "");
    assertThat(total("captured")).isEqualTo(3_005);
  }

  @Test
  void a_book_that_is_damaged_in_the_middle_is_not_opened() throws Exception {
    capture("o-1:pay", 3_000, "tok_ok");
    simulator.close();
    Files.writeString(book(), "garbage\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> open(book(), "")).isInstanceOf(IOException.class);
  }

  @Test
  void the_carrier_refuses_areas_and_forgets_no_cancellation() throws Exception {
    assertThat(arrange("a:ship", "1000001", "JP").statusCode()).isEqualTo(201);
    assertThat(field(arrange("b:ship", "9990001", "JP"), "code")).isEqualTo("RESTRICTED_AREA");
    assertThat(field(arrange("c:ship", "0000001", "JP"), "code")).isEqualTo("INVALID_ADDRESS");

    post("/v1/shipment-cancellations", "d:cancel", "{\"shipment\": \"d:ship\"}");
    assertThat(field(arrange("d:ship", "1000001", "JP"), "code")).isEqualTo("SHIPMENT_CANCELLED");
  }

  @Test
  void no_address_is_written_down() throws Exception {
    arrange("a:ship", "1000001", "JP");
    assertThat(Files.readString(book())).contains("a:ship").doesNotContain("1000001");
  }

  @Test
  void requests_that_make_no_sense_are_told_so() throws Exception {
    assertThat(post("/v1/payments", "", "{}").statusCode()).isEqualTo(400);
    assertThat(post("/v1/payments", "k", "no json").statusCode()).isEqualTo(400);
    assertThat(capture("k", -1, "tok_ok").statusCode()).isEqualTo(400);
    assertThat(post("/v1/payments", "k", " ".repeat(70_000)).statusCode()).isEqualTo(413);
    assertThat(get("/v1/payments/unknown").statusCode()).isEqualTo(404);
    assertThat(get("/v2").statusCode()).isEqualTo(404);
  }

  @Test
  void who_has_not_the_token_is_not_served() throws Exception {
    simulator.close();
    simulator = open(book(), "secret");
    assertThat(capture("o-1:pay", 3_000, "tok_ok").statusCode()).isEqualTo(401);
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  private Path book() {
    return directory.resolve("book.jsonl");
  }

  private static ProviderSimulator open(Path book, String token) throws IOException {
    return ProviderSimulator.open(new ProviderSimulator.Settings(0, book, token, 3, SLOW));
  }

  private HttpResponse<String> capture(String key, long amount, String token) throws Exception {
    return post(
        "/v1/payments",
        key,
        "{\"amount\": %d, \"currency\": \"JPY\", \"token\": \"%s\"}".formatted(amount, token));
  }

  private HttpResponse<String> refund(String key, String reference, long amount) throws Exception {
    return post(
        "/v1/refunds",
        key,
        "{\"reference\": \"%s\", \"amount\": %d, \"currency\": \"JPY\"}"
            .formatted(reference, amount));
  }

  private void voidPayment(String payment) throws Exception {
    var answer = post("/v1/voids", payment + ":void", "{\"payment\": \"%s\"}".formatted(payment));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> arrange(String key, String postalCode, String country)
      throws Exception {
    return post(
        "/v1/shipments",
        key,
        "{\"recipient\": \"Aoi\", \"postalCode\": \"%s\", \"country\": \"%s\"}"
            .formatted(postalCode, country));
  }

  private long total(String sum) throws Exception {
    JsonNode statement = JSON.readTree(get("/v1/statement").body());
    return statement.path("totals").path("JPY").path(sum).asLong();
  }

  private HttpResponse<String> post(String path, String key, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + simulator.port() + path);
  }

  private static String field(HttpResponse<String> answer, String name) throws Exception {
    return JSON.readTree(answer.body()).path(name).asText();
  }
}
