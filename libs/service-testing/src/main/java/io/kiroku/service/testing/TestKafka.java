package io.kiroku.service.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/// A real one-node broker in a JVM of its own: its libraries are those of the local stack, which
/// would clash with ours. `local/stack` must be packaged before.
public final class TestKafka implements AutoCloseable {
  private static final Duration START_MOST = Duration.ofSeconds(60);

  private final int port = TestRedis.freePort();
  private final Path directory;
  private final Process broker;

  private TestKafka() throws IOException, InterruptedException {
    directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "kafka");
    Path settings = Files.writeString(directory.resolve("server.properties"), settings());
    String cluster = Uuid.randomUuid().toString();
    Process format =
        java(
            "format",
            "kafka.tools.StorageTool",
            "format",
            "-t",
            cluster,
            "-c",
            settings.toString());
    if (!format.waitFor(START_MOST.toSeconds(), TimeUnit.SECONDS) || format.exitValue() != 0) {
      throw new IllegalStateException("not formatted, see " + directory);
    }
    broker = java("broker", "kafka.Kafka", settings.toString());
  }

  public static TestKafka start(String... topics) {
    try {
      var kafka = new TestKafka();
      kafka.create(List.of(topics));
      return kafka;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException | ExecutionException | TimeoutException failure) {
      throw new IllegalStateException(failure);
    }
  }

  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  private void create(List<String> topics)
      throws InterruptedException, ExecutionException, TimeoutException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
      var wanted =
          topics.stream()
              .map(name -> new NewTopic(name, Optional.of(3), Optional.<Short>empty()))
              .toList();
      admin.createTopics(wanted).all().get(START_MOST.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private Process java(String log, String... command) throws IOException {
    Path libraries = Path.of(System.getProperty("kiroku.stack.lib", "../local/stack/target/lib"));
    if (!Files.isDirectory(libraries)) {
      throw new IllegalStateException("package local/stack first: " + libraries.toAbsolutePath());
    }
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp"));
    all.add(libraries.toAbsolutePath() + File.separator + "*");
    all.addAll(List.of(command));
    return new ProcessBuilder(all)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(log + ".log").toFile())
        .start();
  }

  private String settings() {
    int controller = TestRedis.freePort();
    return """
    process.roles=broker,controller
    node.id=1
    controller.quorum.voters=1@127.0.0.1:%2$d
    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
    advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
    controller.listener.names=CONTROLLER
    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
    log.dirs=%3$s
    offsets.topic.replication.factor=1
    offsets.topic.num.partitions=1
    group.initial.rebalance.delay.ms=0
    auto.create.topics.enable=false
    num.partitions=3
    """
        .formatted(port, controller, directory.resolve("data"));
  }

  @Override
  public void close() {
    broker.destroy();
    try {
      if (!broker.waitFor(10, TimeUnit.SECONDS)) {
        broker.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      broker.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
