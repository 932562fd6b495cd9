package io.kiroku.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/// `GET /health` answers 200 once broker, topics, Connect, MongoDB stand-in and provider simulator
/// are up (it is opened after them); `GET /health/outbox` answers 200 only while the outbox
/// connector runs.
final class HealthEndpoint {
  private static final int DEFAULT_BACKLOG = 0;

  private final HttpServer server;

  private HealthEndpoint(HttpServer server) {
    this.server = server;
  }

  static HealthEndpoint open(int port, Supplier<ConnectorState> outbox) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), DEFAULT_BACKLOG);
    server.createContext("/health", exchange -> answer(exchange, true, outbox.get()));
    server.createContext(
        "/health/outbox",
        exchange -> {
          ConnectorState state = outbox.get();
          answer(exchange, state == ConnectorState.RUNNING, state);
        });
    server.start();
    return new HealthEndpoint(server);
  }

  void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, boolean up, ConnectorState outbox)
      throws IOException {
    try (exchange) {
      byte[] body =
          "{\"status\":\"%s\",\"outbox\":\"%s\"}\n"
              .formatted(up ? "UP" : "DOWN", outbox)
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(up ? 200 : 503, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
