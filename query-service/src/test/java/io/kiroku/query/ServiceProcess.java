package io.kiroku.query;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The service as it is packaged, in a JVM of its own.
final class ServiceProcess implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final Path PROGRAM = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final File LOG = Path.of("target", "packaged-service.log").toFile();

  private final Process process;
  private final ManagedChannel channel;
  private final URI health;

  ServiceProcess(Map<String, String> environment) throws IOException {
    int port = freePort();
    var builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            PROGRAM.toString());
    builder.environment().putAll(environment);
    builder.environment().put("QUARKUS_HTTP_HOST", HOST);
    builder.environment().put("KIROKU_HTTP_PORT", Integer.toString(port));
    process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG))
            .start();
    channel = NettyChannelBuilder.forAddress(HOST, port).usePlaintext().build();
    health = URI.create("http://%s:%d/q/health/ready".formatted(HOST, port));
  }

  ManagedChannel channel() {
    return channel;
  }

  /// What it answers to who asks whether it is ready; empty before it listens.
  String readiness() throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString()).body();
    } catch (IOException notYet) {
      return "";
    }
  }

  /// As `kill -9` does.
  void kill() throws InterruptedException {
    channel.shutdownNow();
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws Exception {
    kill();
    channel.awaitTermination(5, TimeUnit.SECONDS);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
