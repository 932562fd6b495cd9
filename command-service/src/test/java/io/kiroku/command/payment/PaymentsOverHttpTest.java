package io.kiroku.command.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.kiroku.command.events.StoredEvents;
import io.kiroku.command.provider.ProviderFailed;
import io.kiroku.command.provider.ProviderSettings;
import io.kiroku.command.provider.Providers;
import io.kiroku.command.provider.Statement;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.HandlerLimits;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.OlderCommands;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.Snapshots;
import io.kiroku.eventstore.StreamId;
import io.kiroku.payment.Payment;
import io.kiroku.payment.PaymentCommand;
import io.kiroku.payment.PaymentDecider;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.provider.simulator.ProviderSimulator;
import io.kiroku.samples.Samples;
import io.kiroku.shared.Money;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our book and the provider's agree, however late its answers are.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PaymentsOverHttpTest {
  private static final Money AMOUNT = Money.yen(3_000);
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final String SLOW_TOKEN = "tok_ok_slow";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final InMemoryEventStore store = new InMemoryEventStore();
  private final CommandHandler<PaymentCommand, Payment, PaymentEvent> handler =
      new CommandHandler<>(
          new PaymentDecider(),
          StoredEvents.codec(PersonKeys.NONE),
          store,
          Snapshots.none(Payment.class),
          OlderCommands.scanning(store),
          HandlerLimits.DEFAULT);
  private final Vertx vertx = Vertx.vertx();
  private final Providers providers = new Providers(vertx, new SimpleMeterRegistry());
  private final ProviderSimulator simulator;
  private final CommandContext request = request();

  PaymentsOverHttpTest(@TempDir Path directory) throws IOException {
    simulator =
        ProviderSimulator.open(
            new ProviderSimulator.Settings(0, directory.resolve("book.jsonl"), "", 3, SLOW));
  }

  @AfterEach
  void close() throws IOException {
    simulator.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void a_capture_that_timed_out_is_taken_up_by_the_next_attempt() throws Exception {
    Payments payments = payments(SLOW.dividedBy(4));
    assertThatThrownBy(() -> get(payments.capture(Samples.ORDER, AMOUNT, SLOW_TOKEN, request)))
        .hasCauseInstanceOf(ProviderFailed.class);

    get(payments.capture(Samples.ORDER, AMOUNT, SLOW_TOKEN, request));

    assertThat(state()).isInstanceOf(Payment.Captured.class);
    assertThat(Statement.of(simulator.port())).isEqualTo(new Statement(3_000, 0));
  }

  @Test
  void a_capture_that_timed_out_and_is_compensated_is_given_back() throws Exception {
    Payments payments = payments(SLOW.dividedBy(4));
    assertThatThrownBy(() -> get(payments.capture(Samples.ORDER, AMOUNT, SLOW_TOKEN, request)))
        .hasCauseInstanceOf(ProviderFailed.class);

    get(payments.refund(Samples.ORDER, request()));

    assertThat(state()).isInstanceOf(Payment.Voided.class);
    assertThat(Statement.of(simulator.port())).isEqualTo(new Statement(3_000, 3_000));
  }

  @Test
  void trap_27_an_answer_that_comes_after_the_void_leaves_no_money_anywhere() throws Exception {
    Payments payments = payments(BOUND);
    var late =
        payments.capture(Samples.ORDER, AMOUNT, SLOW_TOKEN, request).subscribeAsCompletionStage();
    await().atMost(BOUND).until(() -> Statement.of(simulator.port()).captured() > 0);

    get(payments.refund(Samples.ORDER, request()));

    assertThat(late).succeedsWithin(BOUND);
    assertThat(state()).isInstanceOf(Payment.Refunded.class);
    assertThat(Statement.of(simulator.port())).isEqualTo(new Statement(3_000, 3_000));
  }

  @Test
  void the_trace_of_the_command_goes_to_the_provider() throws Exception {
    var traces = new LinkedBlockingQueue<String>();
    HttpServer stranger =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stranger.createContext(
        "/",
        exchange -> {
          try (exchange) {
            traces.add(exchange.getRequestHeaders().getFirst("traceparent"));
            exchange.sendResponseHeaders(200, -1);
          }
        });
    stranger.start();
    try {
      UUID id = UUID.randomUUID();
      var traced =
          new CommandContext(
              id,
              "",
              "user-1",
              "default",
              id,
              id,
              "saga",
              "00-" + TRACE + "-00f067aa0ba902b7-01",
              null);
      Payments payments = payments(stranger.getAddress().getPort(), BOUND);
      get(payments.refund(Samples.ORDER, traced));
    } finally {
      stranger.stop(0);
    }
    assertThat(traces).singleElement().asString().contains(TRACE);
  }

  private Payments payments(Duration timeLimit) {
    return payments(simulator.port(), timeLimit);
  }

  private Payments payments(int port, Duration timeLimit) {
    var settings = ProviderSettings.at(port, timeLimit);
    return new Payments(
        handler,
        new HttpPaymentProvider(providers.client("payment-provider", "x", settings)),
        Clock.systemUTC());
  }

  private Payment state() {
    return get(handler.load(StreamId.of("payment", Samples.ORDER.toString()))).state();
  }

  private static CommandContext request() {
    UUID id = UUID.randomUUID();
    return new CommandContext(id, "", "user-1", "default", id, id, "saga", null, null);
  }

  private static <T> T get(Uni<T> uni) {
    return uni.await().atMost(BOUND);
  }
}
