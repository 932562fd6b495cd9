package io.kiroku.command.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.kiroku.command.payment.PaymentProvider.CaptureAnswer;
import io.kiroku.command.payment.PaymentProvider.CaptureAnswer.Captured;
import io.kiroku.command.payment.PaymentProvider.CaptureAnswer.Declined;
import io.kiroku.command.provider.ProviderFailed;
import io.kiroku.command.provider.ProviderRefused;
import io.kiroku.command.provider.ProviderSettings;
import io.kiroku.command.provider.ProviderUnreachable;
import io.kiroku.command.provider.Providers;
import io.kiroku.command.provider.SimulatorProcess;
import io.kiroku.command.provider.Statement;
import io.kiroku.provider.simulator.ProviderSimulator;
import io.kiroku.shared.Money;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The port's promises over HTTP, against the simulator.
@DisplayNameGeneration(ReplaceUnderscores.class)
class HttpPaymentProviderTest {
  private static final Money AMOUNT = Money.yen(3_000);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final String KEY = "order-1:process-payment";

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Providers providers = new Providers(vertx, metrics);

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void money_is_taken_once_whatever_is_repeated_and_given_back_once() throws Exception {
    try (var simulator = simulator()) {
      PaymentProvider provider = provider(simulator.port(), LONG);
      Captured first = (Captured) capture(provider, "tok_ok");
      assertThat(capture(provider, "tok_ok")).isEqualTo(first);
      assertThat(Statement.of(simulator.port())).isEqualTo(new Statement(3_000, 0));

      get(provider.refund("order-1:refund", first.reference(), AMOUNT));
      get(provider.refund("order-1:refund", first.reference(), AMOUNT));
      assertThat(Statement.of(simulator.port())).isEqualTo(new Statement(3_000, 3_000));
    }
  }

  @Test
  void documented_declines_are_answers() throws Exception {
    try (var simulator = simulator()) {
      PaymentProvider provider = provider(simulator.port(), LONG);
      for (var decline :
          Map.of(
                  "tok_insufficient_funds", "INSUFFICIENT_FUNDS",
                  "tok_fraud", "FRAUD_SUSPECTED",
                  "tok_invalid_method", "INVALID_PAYMENT_METHOD")
              .entrySet()) {
        assertThat(get(provider.capture(decline.getKey(), AMOUNT, decline.getKey())))
            .isEqualTo(new Declined(decline.getValue()));
      }
      assertThat(breaker()).isZero();
    }
  }

  @Test
  void what_was_voided_beforehand_is_declined() throws Exception {
    try (var simulator = simulator()) {
      PaymentProvider provider = provider(simulator.port(), LONG);
      get(provider.voidCapture(KEY));
      assertThat(capture(provider, "tok_ok")).isEqualTo(new Declined("PAYMENT_VOIDED"));
    }
  }

  @Test
  void an_outage_fails_until_it_is_over() throws Exception {
    try (var simulator = simulator()) {
      PaymentProvider provider = provider(simulator.port(), LONG);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> capture(provider, "tok_temporarily_unavailable"))
            .hasCauseInstanceOf(ProviderFailed.class)
            .hasMessageContaining("The payment-provider answered 503");
      }
      await()
          .atMost(LONG)
          .ignoreExceptions()
          .until(() -> capture(provider, "tok_temporarily_unavailable") instanceof Captured);
    }
  }

  @Test
  void a_capture_that_took_too_long_is_asked_for_again_and_is_the_same() throws Exception {
    try (var simulator = simulator()) {
      PaymentProvider provider = provider(simulator.port(), SHORT);
      long begin = System.nanoTime();
      assertThatThrownBy(() -> capture(provider, "tok_ok_slow"))
          .hasCauseInstanceOf(ProviderFailed.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(Statement.of(simulator.port())).isEqualTo(new Statement(3_000, 0));

      assertThat(capture(provider, "tok_ok_slow")).isInstanceOf(Captured.class);
      assertThat(Statement.of(simulator.port())).isEqualTo(new Statement(3_000, 0));
    }
  }

  @Test
  void a_provider_killed_between_capture_and_answer_knows_the_key_when_it_is_back()
      throws Exception {
    Path book = directory.resolve("book.jsonl");
    int port;
    PaymentProvider provider;
    try (var simulator = SimulatorProcess.start(0, book)) {
      port = simulator.port();
      provider = provider(port, LONG);
      var asked = provider.capture(KEY, AMOUNT, "tok_ok_slow").subscribeAsCompletionStage();
      await().atMost(LONG).until(() -> Files.readString(book).contains("captured"));
      simulator.kill();
      assertThat(asked)
          .failsWithin(LONG)
          .withThrowableThat()
          .withCauseInstanceOf(ProviderFailed.class);
    }
    try (var _ = SimulatorProcess.start(port, book)) {
      assertThat(capture(provider, "tok_ok_slow")).isInstanceOf(Captured.class);
      assertThat(Statement.of(port)).isEqualTo(new Statement(3_000, 0));
    }
  }

  @Test
  void the_breaker_leaves_alone_who_cannot_be_reached_and_comes_back_by_itself() throws Exception {
    int port = freePort();
    PaymentProvider provider = provider(port, LONG);
    for (int i = 0; i < ProviderSettings.VOLUME; i++) {
      assertThatThrownBy(() -> capture(provider, "tok_ok"))
          .hasCauseInstanceOf(ProviderUnreachable.class);
    }
    assertThat(breaker()).isEqualTo(1);
    assertThatThrownBy(() -> capture(provider, "tok_ok")).hasMessageContaining("is left alone");

    try (var _ = simulator(port)) {
      await()
          .atMost(LONG)
          .ignoreExceptions()
          .until(() -> capture(provider, "tok_ok") instanceof Captured);
      assertThat(breaker()).isZero();
    }
    assertThat(calls("unreachable")).isEqualTo(ProviderSettings.VOLUME);
    assertThat(calls("prevented")).isPositive();
    assertThat(calls("answered")).isEqualTo(1);
  }

  @Test
  void key_trace_and_token_are_sent_and_an_unforeseen_answer_is_loud_without_them()
      throws Exception {
    Map<String, String> headers = new HashMap<>();
    HttpServer stranger = stranger(headers);
    try {
      ProviderSettings settings =
          ProviderSettings.at(stranger.getAddress().getPort(), LONG).withToken("s3cret");
      var provider = new HttpPaymentProvider(providers.client("payment-provider", "x", settings));

      assertThatThrownBy(() -> capture(provider, "tok_ok"))
          .isInstanceOf(ProviderRefused.class)
          .hasMessageContaining("418 TEAPOT")
          .hasMessageNotContaining("s3cret");
      assertThatThrownBy(() -> get(provider.voidCapture(KEY))).isInstanceOf(ProviderRefused.class);
      assertThatThrownBy(() -> get(provider.refund("r", "pay", AMOUNT)))
          .isInstanceOf(ProviderRefused.class);
      assertThat(breaker()).isZero();
    } finally {
      stranger.stop(0);
    }
    assertThat(headers).containsEntry("/v1/payments Idempotency-key", KEY);
    assertThat(headers).containsEntry("/v1/voids Idempotency-key", KEY + ":void");
    assertThat(headers).containsEntry("/v1/payments Authorization", "Bearer s3cret");
    assertThat(headers.get("/v1/payments Traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-..");
  }

  private static HttpServer stranger(Map<String, String> headers) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange
                .getRequestHeaders()
                .forEach((name, values) ->
                    headers.put(
                        exchange.getRequestURI().getPath() + " " + name, values.getFirst()));
            byte[] body =
                "{\"code\": \"TEAPOT\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(418, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }

  private PaymentProvider provider(int port, Duration timeLimit) {
    return new HttpPaymentProvider(
        providers.client("payment-provider", "x", ProviderSettings.at(port, timeLimit)));
  }

  private ProviderSimulator simulator() throws IOException {
    return simulator(0);
  }

  private ProviderSimulator simulator(int port) throws IOException {
    return ProviderSimulator.open(
        ProviderSimulator.Settings.standard(port, directory.resolve("own.jsonl")));
  }

  private double breaker() {
    return metrics.get("kiroku.provider.breaker.open").gauge().value();
  }

  private long calls(String outcome) {
    return metrics.get("kiroku.provider.calls").tag("outcome", outcome).timer().count();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static CaptureAnswer capture(PaymentProvider provider, String token) {
    return get(provider.capture(KEY, AMOUNT, token));
  }

  private static <T> T get(Uni<T> uni) {
    return uni.await().atMost(LONG);
  }
}
