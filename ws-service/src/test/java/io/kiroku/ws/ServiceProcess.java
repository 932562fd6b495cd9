package io.kiroku.ws;

import io.kiroku.service.testing.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A packaged service in a JVM of its own.
public final class ServiceProcess implements AutoCloseable {
  private static final Duration START_MOST = Duration.ofSeconds(90);

  private final int port = TestRedis.freePort();
  private final Process process;

  private ServiceProcess(Path jar, Map<String, String> environment) throws IOException {
    if (!Files.exists(jar)) {
      throw new IllegalStateException("package it first: " + jar.toAbsolutePath());
    }
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(java, "-Xmx192m", "-XX:TieredStopAtLevel=1", "-jar", jar.toString());
    builder.environment().putAll(environment);
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    Path log = Files.createTempFile(Path.of("target"), "service", ".log");
    process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /// Returns once it is ready.
  public static ServiceProcess start(Path jar, Map<String, String> environment) {
    try {
      var service = new ServiceProcess(jar, environment);
      service.awaitReady();
      return service;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  public int port() {
    return port;
  }

  private void awaitReady() throws InterruptedException {
    Instant until = Instant.now().plus(START_MOST);
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!isReady(http)) {
        if (!process.isAlive() || Instant.now().isAfter(until)) {
          close();
          throw new IllegalStateException("did not become ready, see target/service*.log");
        }
        Thread.sleep(50);
      }
    }
  }

  private boolean isReady(HttpClient http) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready")).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
