package io.kiroku.service.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/// A real Redis on a free port, that keeps what it has over a restart.
public final class TestRedis implements AutoCloseable {
  private final int port;
  private final Path directory;
  private RedisServer server;

  private TestRedis(int port, Path directory, RedisServer server) {
    this.port = port;
    this.directory = directory;
    this.server = server;
  }

  public static TestRedis start() {
    try {
      int port = freePort();
      Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "redis");
      RedisServer server = server(port, directory);
      server.start();
      return new TestRedis(port, directory, server);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  public void goAway() {
    try {
      server.stop();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public void comeBack() {
    try {
      server = server(port, directory);
      server.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static RedisServer server(int port, Path directory) throws IOException {
    return new RedisServerBuilder()
        .port(port)
        .bind("127.0.0.1")
        .setting("dir " + directory)
        .setting("appendonly yes")
        .setting("appendfsync always")
        .setting("save \"\"")
        .build();
  }

  @Override
  public void close() {
    goAway();
  }
}
