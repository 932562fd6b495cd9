package io.kiroku.service.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// The one answer of a schema registry that services ask for.
public final class TestSchemaRegistry implements AutoCloseable {
  /// Of every schema.
  public static final int SCHEMA_ID = 7;

  private final HttpServer server;

  private TestSchemaRegistry(HttpServer server) {
    this.server = server;
  }

  public static TestSchemaRegistry start() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      byte[] answer = ("{\"id\":" + SCHEMA_ID + "}").getBytes(UTF_8);
      server.createContext(
          "/subjects/",
          exchange -> {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
      return new TestSchemaRegistry(server);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
