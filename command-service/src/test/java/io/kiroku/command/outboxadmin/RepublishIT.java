package io.kiroku.command.outboxadmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.kiroku.command.RealInfrastructure;
import io.kiroku.command.Shop;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.launcher.platform.Layout;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.proto.outbox.v1.RepublishRequest;
import io.kiroku.proto.outbox.v1.RepublishResponse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What Kafka or the connector lost is sent again from the log, over the real parts.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class RepublishIT {
  private static final Duration MOST = Duration.ofSeconds(90);
  private static final int PARTITIONS = 6;
  private static final String LAUNCHER = "local/launcher/target/kiroku-launcher-0.1.0-SNAPSHOT.jar";

  @Inject Pool pool;
  @Inject EventLog log;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  Platform platform;
  String adminToken;
  String customerToken;
  Shop shop;

  /// What a message says of itself, wherever it is.
  private record Message(String id, String key, String stream, long revision, long position) {}

  private static int port() {
    return ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
  }

  @Test
  void a_wiped_kafka_gets_every_message_again_and_nothing_has_its_effect_twice() throws Exception {
    String product = shop.product(100);
    String order = shop.place(Shop.order(product, "tok_ok", "1000001")).getOrderId();
    String refused = shop.place(Shop.order(product, "tok_ok", "9990001")).getOrderId();
    awaitStatus(order, "COMPLETED");
    awaitStatus(refused, "COMPENSATED");
    Map<String, Set<Message>> all = outbox();
    awaitOnKafka(all);
    Map<String, Set<Message>> before = new HashMap<>(all);
    before.keySet().removeIf(topic -> topic.endsWith(".commands"));
    assertThat(before).containsKeys("kiroku.catalog.events", "kiroku.fulfillment.events");
    List<String> events = eventsAbout(product, order, refused);

    wipe(all.keySet());
    RepublishResponse end = republish(0);

    assertThat(end.getDone()).isTrue();
    assertThat(end.getPosition()).isEqualTo(end.getEndPosition());
    assertThat(end.getMessagesWritten())
        .isGreaterThanOrEqualTo(before.values().stream().mapToLong(Set::size).sum());
    awaitOnKafka(before);
    before.keySet().forEach(this::assertInOrder);
    // trap 27: nobody waits for what these two asked for any more.
    assertThat(onKafka("kiroku.payment.commands"))
        .extracting(Message::key)
        .doesNotContain(order, refused);
    awaitAllCommandsHandled();
    assertThat(eventsAbout(product, order, refused)).isEqualTo(events);
    awaitStatus(
        shop.place(Shop.order(shop.product(9), "tok_ok", "1000001")).getOrderId(), "COMPLETED");
  }

  @Test
  void what_was_in_flight_when_the_replication_slot_was_lost_is_sent_again() throws Exception {
    String product = shop.product(100);
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      orders.add(shop.place(Shop.order(product, "tok_ok", "1000001")).getOrderId());
      if (i == 3) {
        dropSlotAndWhatItHadNotSent();
      }
    }
    await().atMost(MOST).until(() -> number("SELECT count(*) FROM pg_replication_slots") == 1);

    RepublishResponse end = republish(0);

    assertThat(end.getDone()).isTrue();
    orders.forEach(order -> awaitStatus(order, "COMPLETED"));
    awaitOnKafka(outbox());
  }

  @Test
  void a_lost_slot_is_told_by_wellness_and_metrics_and_leaves_the_service_ready() throws Exception {
    await().atMost(MOST).until(() -> http("/q/health/well").statusCode() == 200);
    assertThat(http("/q/health/well").body()).contains("lag-bytes", "oldest-row-ms");
    assertThat(http("/q/metrics").body())
        .contains(
            "kiroku_outbox_slot_lag_bytes",
            "kiroku_outbox_rows",
            "kiroku_outbox_oldest_row_age_seconds");

    platform.suspend("stack");
    try {
      dropSlot();
      await().atMost(MOST).until(() -> http("/q/health/well").statusCode() == 503);
      assertThat(http("/q/health/well").body()).contains("lost: missing");
      assertThat(http("/q/metrics").body()).contains("kiroku_outbox_slot_lost 1.0");
      assertThat(http("/q/health/ready").statusCode()).isEqualTo(200);
      assertThat(http("/q/health/live").statusCode()).isEqualTo(200);
    } finally {
      platform.resume("stack");
    }
    await().atMost(MOST).until(() -> http("/q/health/well").statusCode() == 200);
  }

  @Test
  void the_command_line_shows_how_far_it_is_and_ends_well() throws Exception {
    shop.product(1);
    String shown = commandLine("outbox", "republish", "--from", "0");
    assertThat(shown)
        .containsPattern("position [0-9]+ of [0-9]+: [0-9]+ events read")
        .contains("done");
    assertThat(commandLine("outbox", "republish", "--help")).contains("--from=POSITION");
    assertThat(commandLine("outbox", "republish", "--from", "999999999999"))
        .contains("from_position", "go on with --from 999999999999");
  }

  private String commandLine(String... arguments) throws Exception {
    Layout layout = platform.layout();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dkiroku.root=" + layout.root(),
                "-jar",
                layout.root().resolve(LAUNCHER).toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", layout.data().toAbsolutePath().toString()));
    Process launcher = new ProcessBuilder(command).redirectErrorStream(true).start();
    String shown = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(launcher.waitFor()).isIn(0, 1);
    return shown;
  }

  @Test
  void it_is_for_admins_and_begins_at_a_position_that_there_is() {
    assertThat(refusal(customerToken, 0)).isEqualTo(Code.PERMISSION_DENIED);
    assertThat(refusal(adminToken, -1)).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refusal(adminToken, Long.MAX_VALUE)).isEqualTo(Code.INVALID_ARGUMENT);
  }

  private Code refusal(String token, long from) {
    var request = RepublishRequest.newBuilder().setFromPosition(from).build();
    return catchThrowableOfType(
            StatusRuntimeException.class,
            () -> shop.outbox(token).republish(request).forEachRemaining(_ -> {}))
        .getStatus()
        .getCode();
  }

  private RepublishResponse republish(long from) {
    RepublishResponse last = RepublishResponse.getDefaultInstance();
    var answers =
        shop.outbox(adminToken)
            .republish(RepublishRequest.newBuilder().setFromPosition(from).build());
    while (answers.hasNext()) {
      RepublishResponse next = answers.next();
      assertThat(next.getPosition()).isGreaterThanOrEqualTo(last.getPosition() - 1);
      last = next;
    }
    return last;
  }

  private Map<String, Set<Message>> outbox() {
    Map<String, Set<Message>> byTopic = new HashMap<>();
    query("SELECT topic, id, aggregate_id, stream, revision, log_position FROM outbox")
        .forEach(row ->
            byTopic
                .computeIfAbsent(row.getString(0), _ -> new HashSet<>())
                .add(
                    new Message(
                        row.getUUID(1).toString(),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5))));
    return byTopic;
  }

  private void awaitOnKafka(Map<String, Set<Message>> expected) {
    expected.forEach((topic, messages) ->
        await()
            .atMost(MOST)
            .untilAsserted(() -> assertThat(onKafka(topic)).as(topic).containsAll(messages)));
  }

  /// Of each aggregate: from some message on, all of them, in the order of the log.
  private void assertInOrder(String topic) {
    Map<String, List<Message>> byKey =
        onKafka(topic).stream().collect(Collectors.groupingBy(Message::key));
    byKey.forEach((key, messages) ->
        assertThat(messages.stream().map(Message::position).distinct().toList())
            .as("%s of %s", topic, key)
            .isSorted());
  }

  private List<Message> onKafka(String topic) {
    List<Message> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", kafka),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        partitions.add(new TopicPartition(topic, partition));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      await()
          .pollInSameThread()
          .atMost(MOST)
          .until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> add(found, record));
            return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
          });
    }
    return found;
  }

  /// Other tests send what nobody can read.
  private static void add(List<Message> found, ConsumerRecord<String, byte[]> record) {
    if (record.headers().lastHeader("log-position") != null) {
      found.add(message(record));
    }
  }

  private static Message message(ConsumerRecord<String, byte[]> record) {
    return new Message(
        header(record, "id"),
        record.key(),
        header(record, "stream"),
        Long.parseLong(header(record, "revision")),
        Long.parseLong(header(record, "log-position")));
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private void wipe(Set<String> topics) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka))) {
      admin.deleteTopics(topics).all().get();
      List<NewTopic> anew =
          topics.stream()
              .map(topic -> new NewTopic(topic, Optional.of(PARTITIONS), Optional.of((short) 1)))
              .toList();
      await()
          .atMost(MOST)
          .until(() -> {
            try {
              admin.createTopics(anew).all().get();
              return true;
            } catch (ExecutionException notYet) {
              if (!(notYet.getCause() instanceof TopicExistsException)) {
                throw notYet;
              }
              return false;
            }
          });
    }
  }

  /// The worst case: the rows are gone too, as after a sweep.
  private void dropSlotAndWhatItHadNotSent() {
    dropSlot();
    query("DELETE FROM outbox");
  }

  private void dropSlot() {
    await()
        .atMost(MOST)
        .ignoreExceptions()
        .until(() -> {
          query(
              "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                  + " WHERE active_pid IS NOT NULL");
          query("SELECT pg_drop_replication_slot('kiroku_outbox')");
          return true;
        });
  }

  private void awaitAllCommandsHandled() throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka))) {
      for (String context : List.of("inventory", "ordering", "payment", "shipping")) {
        String topic = "kiroku." + context + ".commands";
        await().atMost(MOST).until(() -> isHandled(admin, topic));
      }
    }
  }

  private static boolean isHandled(Admin admin, String topic) throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    var ends = admin.listOffsets(latest).all().get();
    var handled =
        admin
            .listConsumerGroupOffsets("command-service-" + topic)
            .partitionsToOffsetAndMetadata()
            .get();
    return ends.entrySet().stream()
        .allMatch(end -> {
          var committed = handled.get(end.getKey());
          return (committed == null ? 0 : committed.offset()) >= end.getValue().offset();
        });
  }

  private List<String> eventsAbout(String... ids) {
    return log.read(EventLog.START, 1_000_000).await().atMost(MOST).stream()
        .filter(event -> List.of(ids).contains(event.stream().id()))
        .map(RecordedEvent::toString)
        .toList();
  }

  private void awaitStatus(String order, String status) {
    await()
        .atMost(MOST)
        .ignoreException(StatusRuntimeException.class)
        .until(() -> shop.saga(order).getStatus(), status::equals);
  }

  private static HttpResponse<String> http(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private long number(String sql) {
    return query(sql).iterator().next().getLong(0);
  }

  private RowSet<Row> query(String sql) {
    return pool.query(sql).execute().await().atMost(Duration.ofSeconds(10));
  }
}
