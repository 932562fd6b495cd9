package io.kiroku.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.ErrorInfo;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.kiroku.command.participant.Participants;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.proto.saga.v1.ListSagasRequest;
import io.kiroku.proto.saga.v1.ListSagasResponse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The service between real parts: what goes in over gRPC comes out as facts, rows and messages.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class CommandServiceIT {
  private static final Duration SAGA_MOST = Duration.ofSeconds(40);
  private static final String DLT = "kiroku.inventory.commands.dlt";

  @Inject Pool pool;
  @Inject EventLog log;
  @Inject Participants participants;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  Shop shop;

  @Test
  void an_order_goes_all_the_way() {
    String product = shop.product(100);
    String order = shop.place(Shop.order(product, "tok_ok", "1000001")).getOrderId();

    awaitStatus(order, "COMPLETED");
    assertThat(shop.availableAfterOneMore(product)).isEqualTo(99);
    assertThat(text("SELECT status FROM order_row WHERE order_id = '" + order + "'"))
        .isEqualTo("CONFIRMED");
  }

  @Test
  void trap_13_a_declined_payment_gives_the_stock_back_and_cancels_the_order() {
    String product = shop.product(100);
    String order =
        shop.place(Shop.order(product, "tok_insufficient_funds", "1000001")).getOrderId();

    awaitStatus(order, "COMPENSATED");
    assertThat(shop.saga(order).getCode()).isEqualTo("INSUFFICIENT_FUNDS");
    assertThat(shop.availableAfterOneMore(product)).isEqualTo(101);
    assertThat(types("order-" + order)).containsExactly("order-placed.v1", "order-cancelled.v1");
  }

  @Test
  void a_refused_shipment_gives_the_money_back() {
    String product = shop.product(100);
    String order = shop.place(Shop.order(product, "tok_ok", "9990001")).getOrderId();

    awaitStatus(order, "COMPENSATED");
    assertThat(types("payment-" + order))
        .containsExactly(
            "payment-capture-started.v1",
            "payment-captured.v1",
            "payment-refund-started.v1",
            "payment-refunded.v1");
  }

  @Test
  void the_same_key_gives_the_same_order_and_another_request_under_it_is_refused() {
    String product = shop.product(100);
    String key = Shop.newKey();
    var request = Shop.order(product, "tok_ok", "1000001");
    var first = shop.place(request, key);
    var again = shop.place(request, key);
    assertThat(again.getOrderId()).isEqualTo(first.getOrderId());
    assertThat(again.getRevision()).isEqualTo(first.getRevision());

    var other = Shop.order(product, "tok_ok_2", "1000001");
    StatusRuntimeException refused =
        catchThrowableOfType(StatusRuntimeException.class, () -> shop.place(other, key));
    assertThat(refused.getStatus().getCode()).isEqualTo(Code.ABORTED);
    assertThat(reason(refused)).isEqualTo("COMMAND_ID_REUSED");
  }

  @Test
  void an_unknown_product_and_a_bad_field_are_told_apart() {
    StatusRuntimeException unknown =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> shop.place(Shop.order(Shop.newKey(), "tok_ok", "1000001")));
    assertThat(reason(unknown)).isEqualTo("PRODUCT_NOT_FOUND");

    StatusRuntimeException bad =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> shop.place(Shop.order("no-uuid", "tok_ok", "1000001")));
    assertThat(bad.getStatus().getDescription()).contains("items[0].product_id");
  }

  @Test
  void nothing_personal_leaves_for_kafka() {
    String order = shop.place(Shop.order(shop.product(100), "tok_ok", "1000001")).getOrderId();
    awaitStatus(order, "COMPLETED");
    assertThat(
            number(
                "SELECT count(*) FROM outbox WHERE position(convert_to('花子', 'UTF8') IN payload) > 0"))
        .isZero();
  }

  @Test
  void trap_2_every_topic_of_commands_has_somebody_who_reads_it() {
    shop.place(Shop.order(shop.product(100), "tok_ok", "9990001"));
    assertThat(participants.topics())
        .containsExactlyInAnyOrder(
            "kiroku.inventory.commands",
            "kiroku.payment.commands",
            "kiroku.shipping.commands",
            "kiroku.ordering.commands",
            "kiroku.catalog.requests",
            "kiroku.inventory.requests",
            "kiroku.ordering.requests",
            "kiroku.shipping.requests");
  }

  @Test
  void trap_4_a_message_nobody_can_read_is_kept_as_a_dead_letter_and_the_rest_goes_on() {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka),
            new StringSerializer(),
            new ByteArraySerializer())) {
      var _ =
          producer.send(
              new ProducerRecord<>(
                  "kiroku.inventory.commands",
                  "poison",
                  "no frame".getBytes(StandardCharsets.UTF_8)));
      producer.flush();
    }
    assertThat(deadLetter("poison").headers().lastHeader("dlt-reason").value())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("MalformedFrame");
    String order = shop.place(Shop.order(shop.product(100), "tok_ok", "1000001")).getOrderId();
    awaitStatus(order, "COMPLETED");
  }

  @Test
  void trap_26_leaders_that_change_in_the_middle_publish_every_event_exactly_once() {
    String product = shop.product(1_000);
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      orders.add(shop.place(Shop.order(product, "tok_ok", "1000001")).getOrderId());
      if (i % 5 == 0) {
        steal("publisher");
        steal("saga-runner");
      }
    }
    orders.forEach(order -> awaitStatus(order, "COMPLETED"));

    for (String type : List.of("OrderPlaced", "OrderConfirmed")) {
      String ofOrders =
          "FROM outbox WHERE topic = 'kiroku.ordering.events' AND type LIKE '%."
              + type
              + "'"
              + " AND aggregate_id IN ('"
              + String.join("', '", orders)
              + "')";
      assertThat(number("SELECT count(*) " + ofOrders)).isEqualTo(orders.size());
    }
    assertThat(
            number(
                "SELECT count(*) FROM (SELECT topic, type, aggregate_id, stream, revision FROM outbox"
                    + " WHERE topic LIKE '%.events' GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1) twice"))
        .isZero();
  }

  @Test
  void trap_23_a_runner_that_hears_the_whole_log_again_decides_nothing_again() {
    String order = shop.place(Shop.order(shop.product(100), "tok_ok", "1000001")).getOrderId();
    awaitStatus(order, "COMPLETED");
    List<String> before = types("fulfillment-" + order);

    query(
        "UPDATE log_consumer SET checkpoint = -1, epoch = epoch + 1, lease_until = '-infinity'"
            + " WHERE consumer = 'saga-runner'");
    await()
        .atMost(SAGA_MOST)
        .until(() ->
            number("SELECT checkpoint FROM log_consumer WHERE consumer = 'saga-runner'")
                >= log.head().await().atMost(Duration.ofSeconds(5)) - 50);

    assertThat(types("fulfillment-" + order)).isEqualTo(before);
  }

  @Test
  void operators_page_through_sagas_newest_first() {
    String product = shop.product(100);
    for (int i = 0; i < 3; i++) {
      awaitStatus(shop.place(Shop.order(product, "tok_ok", "1000001")).getOrderId(), "COMPLETED");
    }
    ListSagasResponse first =
        shop.admin()
            .listSagas(ListSagasRequest.newBuilder().setStatus("COMPLETED").setPageSize(2).build());
    ListSagasResponse second =
        shop.admin()
            .listSagas(
                ListSagasRequest.newBuilder()
                    .setStatus("COMPLETED")
                    .setPageSize(2)
                    .setPageToken(first.getNextPageToken())
                    .build());
    assertThat(first.getSagasCount()).isEqualTo(2);
    assertThat(second.getSagasList())
        .isNotEmpty()
        .doesNotContainAnyElementsOf(first.getSagasList());
    assertThat(second.getSagas(0).getStartedAt().getSeconds())
        .isLessThanOrEqualTo(first.getSagas(1).getStartedAt().getSeconds());
  }

  private void steal(String consumer) {
    query(
        "UPDATE log_consumer SET epoch = epoch + 1, lease_until = '-infinity' WHERE consumer = '"
            + consumer
            + "'");
  }

  private void awaitStatus(String order, String status) {
    await()
        .atMost(SAGA_MOST)
        .ignoreException(StatusRuntimeException.class)
        .until(() -> shop.saga(order).getStatus(), status::equals);
  }

  private ConsumerRecord<String, byte[]> deadLetter(String key) {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "bootstrap.servers",
            kafka,
            "group.id",
            Shop.newKey(),
            "auto.offset.reset",
            "earliest"));
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(DLT));
      List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
      await()
          .atMost(SAGA_MOST)
          .until(() -> {
            consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            return found.stream().anyMatch(record -> key.equals(record.key()));
          });
      return found.stream().filter(record -> key.equals(record.key())).findFirst().orElseThrow();
    }
  }

  private List<String> types(String stream) {
    return log.read(EventLog.START, 100_000).await().atMost(Duration.ofSeconds(10)).stream()
        .filter(event -> event.stream().value().equals(stream))
        .map(RecordedEvent::type)
        .toList();
  }

  private static String reason(StatusRuntimeException failure) {
    return StatusProto.fromThrowable(failure).getDetailsList().stream()
        .filter(detail -> detail.is(ErrorInfo.class))
        .map(detail -> {
          try {
            return detail.unpack(ErrorInfo.class).getReason();
          } catch (com.google.protobuf.InvalidProtocolBufferException unreadable) {
            throw new IllegalStateException(unreadable);
          }
        })
        .findFirst()
        .orElseThrow();
  }

  private long number(String sql) {
    return query(sql).iterator().next().getLong(0);
  }

  private String text(String sql) {
    return query(sql).iterator().next().getString(0);
  }

  private io.vertx.mutiny.sqlclient.RowSet<io.vertx.mutiny.sqlclient.Row> query(String sql) {
    return pool.query(sql).execute().await().atMost(Duration.ofSeconds(10));
  }
}
