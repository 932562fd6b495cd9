package io.kiroku.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SchemaIdsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void ids_come_when_the_registry_does_and_are_kept_when_it_goes() throws Exception {
    Vertx vertx = Vertx.vertx();
    int port = freePort();
    SchemaIds ids =
        new SchemaIds(vertx, new At(URI.create("http://127.0.0.1:" + port + "/apis/ccompat/")));
    try {
      CompletableFuture<Integer> waiting = ids.of("kiroku.job.events").subscribeAsCompletionStage();
      assertThat(ids.known()).isEmpty();

      HttpServer registry = registry(port);
      assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(17);
      registry.stop(0);

      assertThat(ids.of("kiroku.job.events").await().atMost(Duration.ofSeconds(1))).isEqualTo(17);
      assertThat(ids.known()).containsEntry("kiroku.job.events", 17);
      assertThat(calls).hasValue(2);
    } finally {
      CompletableFuture<Void> closed = vertx.close().toCompletionStage().toCompletableFuture();
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(closed::isDone);
    }
  }

  /// Knows the schema from the second question on.
  private HttpServer registry(int port) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, port), 0);
    server.createContext(
        "/apis/ccompat/subjects/kiroku.job.events-value/versions/latest",
        exchange -> {
          boolean known = calls.incrementAndGet() > 1;
          byte[] body =
              (known ? "{\"id\":17,\"version\":1}" : "{\"error_code\":40401}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  private record At(URI url) implements SchemaRegistryConfig {
    @Override
    public Optional<List<String>> topics() {
      return Optional.empty();
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(2);
    }

    @Override
    public Duration retryFirst() {
      return Duration.ofMillis(50);
    }

    @Override
    public Duration retryAtMost() {
      return Duration.ofMillis(200);
    }
  }
}
