package io.kiroku.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// From a committed outbox row to a Kafka record, over the real parts, and through their crashes.
@TestMethodOrder(OrderAnnotation.class)
class InfrastructureIT {
  private static final List<String> PARTS = List.of("postgres", "redis", "stack", "registry");

  @TempDir static Path data;

  private static Platform platform;
  private static Outbox outbox;
  private static Received received;

  @BeforeAll
  static void start() throws Exception {
    platform = new Platform(new Layout(Layout.findRoot(), data), PortPlan.free());
    outbox = new Outbox(platform);
    platform.start(PARTS, new PrintedProgress());
    // After the connector began to wait for them, as at the first start of the command service.
    outbox.createTables();
    received = new Received(platform.ports().address(Port.KAFKA), Outbox.TOPIC, 6);
  }

  @AfterAll
  static void stop() {
    received.close();
    platform.close();
    assertThat(platform.isAnyRunning()).isFalse();
  }

  @Test
  @Order(1)
  void aRowArrivesWithKeyBytesAndAllHeadersAsPlainText() throws Exception {
    byte[] payload = new byte[256];
    new Random(1).nextBytes(payload);
    UUID id = outbox.insert("order-7", payload);
    ConsumerRecord<String, byte[]> record = received.await1(id);
    assertThat(record.key()).isEqualTo("order-7");
    assertThat(record.value()).isEqualTo(payload);
    assertThat(Received.headers(record))
        .isEqualTo(
            Map.of(
                "id", id.toString(),
                "type", "order-placed",
                "stream", "order-7",
                "revision", "3",
                "log-position", "4711",
                "correlation-id", "corr",
                "causation-id", "(null)",
                "tenant", "default",
                "traceparent", Outbox.TRACE));
  }

  @Test
  @Order(2)
  void aRowWrittenWhileTheStackIsDeadArrives() throws Exception {
    platform.kill("stack");
    UUID id = outbox.insert("while-stack-dead");
    platform.start("stack");
    assertThat(received.await1(id).key()).isEqualTo("while-stack-dead");
  }

  @Test
  @Order(3)
  void theConnectorRecoversByItselfWhenPostgresIsKilled() throws Exception {
    UUID before = outbox.insert("before-kill");
    platform.kill("postgres");
    platform.start("postgres");
    UUID after = outbox.insert("after-kill");
    assertThat(received.await1(before).key()).isEqualTo("before-kill");
    assertThat(received.await1(after).key()).isEqualTo("after-kill");
  }

  @Test
  @Order(4)
  void rowsAreSnapshotWhenTheSlotIsGone() throws Exception {
    platform.stop("stack");
    UUID id = outbox.insert("no-slot");
    outbox.execute("SELECT pg_drop_replication_slot('kiroku_outbox')");
    platform.start("stack");
    assertThat(received.await1(id).key()).isEqualTo("no-slot");
    UUID streamed = outbox.insert("streamed-again");
    assertThat(received.await1(streamed).key()).isEqualTo("streamed-again");
  }

  @Test
  @Order(5)
  void theHeartbeatMovesTheSlotWhileTheOutboxIsIdle() throws Exception {
    // Work of others in the same server: without a heartbeat the slot would hold all of it.
    outbox.execute("CREATE TABLE others AS SELECT generate_series(1, 10000)");
    String written = outbox.query("SELECT pg_current_wal_lsn()");
    String passed =
        "SELECT confirmed_flush_lsn >= '%s' FROM pg_replication_slots".formatted(written);
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> outbox.query(passed).equals("t"));
  }

  @Test
  @Order(6)
  void halfOfTheRowsArriveLongBeforeConnectsDefaultPollWouldLookForThem() throws Exception {
    OutboxLatency latency = OutboxLatency.measure(outbox, received, 500, Duration.ofMillis(10));
    System.out.println(latency);
    assertThat(latency.median()).isLessThan(Duration.ofMillis(250));
  }

  @Test
  @Order(7)
  void contractsAreRegisteredOnceHoweverOftenTheRegistryStarts() throws Exception {
    platform.restart("registry");
    String subject = Outbox.TOPIC + "-value";
    assertThat(registry("/subjects/" + subject + "/versions")).isEqualTo("[1]");
    assertThat(registry("/config/" + subject)).contains("BACKWARD_TRANSITIVE");
    assertThat(registry("/subjects")).contains("kiroku.payment.commands.dlt-value");
  }

  private static String registry(String path) throws Exception {
    URI uri = URI.create(InfrastructureParts.registryUrl(platform.ports()) + path);
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return Probe.Clients.HTTP.send(request, BodyHandlers.ofString()).body();
  }
}
