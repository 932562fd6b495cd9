package io.kiroku.provider.simulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Serves the contract on the loopback interface until it is closed.
public final class ProviderSimulator implements Closeable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int DEFAULT_BACKLOG = 0;

  private final HttpServer server;
  private final ExecutorService requests;
  private final Journal journal;
  private final Routes routes;

  /// @param port 0 for any that is free
  /// @param book file that remembers; it is made if there is none
  /// @param bearerToken callers have to bring; empty if anybody may call
  /// @param outageTries how often [TestTokens#OUTAGE] answers 503, per key
  /// @param slow how late the first answer to [TestTokens#SLOW] comes
  public record Settings(int port, Path book, String bearerToken, int outageTries, Duration slow) {
    public static final int OUTAGE_TRIES = 3;
    public static final Duration SLOW = Duration.ofSeconds(10);

    public static Settings standard(int port, Path book) {
      return new Settings(port, book, "", OUTAGE_TRIES, SLOW);
    }
  }

  private ProviderSimulator(HttpServer server, Journal journal, Routes routes) {
    this.server = server;
    this.journal = journal;
    this.routes = routes;
    this.requests = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(requests);
    server.createContext("/", this::serve);
    server.start();
  }

  /// Fails with [IOException] if the port is taken or the book cannot be read.
  public static ProviderSimulator open(Settings settings) throws IOException {
    List<Entry.OfPayments> payments = new ArrayList<>();
    List<Entry.OfShipments> shipments = new ArrayList<>();
    Journal journal =
        Journal.open(
            settings.book(),
            entry -> {
              switch (entry) {
                case Entry.OfPayments payment -> payments.add(payment);
                case Entry.OfShipments shipment -> shipments.add(shipment);
              }
            });
    Clock clock = Clock.systemUTC();
    var tokens = new TestTokens(settings.outageTries(), settings.slow());
    var routes =
        new Routes(
            new PaymentBook(journal, payments, clock, tokens),
            new ShipmentBook(journal, shipments, clock),
            settings.bearerToken());
    try {
      HttpServer server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()),
              DEFAULT_BACKLOG);
      return new ProviderSimulator(server, journal, routes);
    } catch (IOException taken) {
      journal.close();
      throw taken;
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = routes.answer(exchange);
      try {
        journal.force();
        Thread.sleep(answer.delay());
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        return;
      }
      byte[] body =
          (JSON.writeValueAsString(answer.body()) + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    requests.shutdownNow();
    journal.close();
  }
}
