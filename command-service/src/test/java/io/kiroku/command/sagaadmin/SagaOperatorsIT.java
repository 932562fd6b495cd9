package io.kiroku.command.sagaadmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.kiroku.command.RealInfrastructure;
import io.kiroku.command.Shop;
import io.kiroku.command.payment.StubbornPaymentProvider;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.Stock;
import io.kiroku.inventory.StockCommand;
import io.kiroku.inventory.StockEvent;
import io.kiroku.proto.saga.v1.CancelSagaRequest;
import io.kiroku.proto.saga.v1.CompleteSagaCompensationRequest;
import io.kiroku.proto.saga.v1.GetSagaRequest;
import io.kiroku.proto.saga.v1.GetSagaResponse;
import io.kiroku.proto.saga.v1.ListSagasRequest;
import io.kiroku.proto.saga.v1.RetrySagaStepRequest;
import io.kiroku.proto.saga.v1.Saga;
import io.kiroku.proto.saga.v1.SagaHistoryEntry;
import io.kiroku.proto.saga.v1.SkipSagaStepRequest;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Operators act on sagas that real parts brought into trouble.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class SagaOperatorsIT {
  private static final java.time.Duration SAGA_MOST = java.time.Duration.ofSeconds(60);
  private static final String COMMANDS = "kiroku.payment.commands";
  private static final String STEP = "process-payment";

  @Inject Pool pool;
  @Inject EventStore store;
  @Inject StubbornPaymentProvider provider;
  @Inject CommandHandler<StockCommand, Stock, StockEvent> stocks;

  @ConfigProperty(name = "kiroku.participants.group", defaultValue = "command-service")
  String group;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  String customerToken;
  Shop shop;

  @Test
  void a_stuck_saga_is_retried() {
    String order = stuckOrder();
    provider.repair(order);
    var request =
        RetrySagaStepRequest.newBuilder()
            .setSagaId(order)
            .setStep(STEP)
            .setReason("the provider is back")
            .build();
    String key = Shop.newKey();
    long revision = shop.admin(key).retrySagaStep(request).getRevision();
    long again = shop.admin(key).retrySagaStep(request).getRevision();

    assertThat(again).isEqualTo(revision);
    awaitStatus(order, "COMPENSATED");
    assertThat(types("payment-" + order)).containsOnlyOnce("payment-refunded.v1");
    assertThat(interventions(order)).hasSize(1);
    SagaHistoryEntry intervention = interventions(order).getFirst();
    assertThat(intervention.getActor()).isEqualTo("staff");
    assertThat(intervention.getAction()).isEqualTo("RETRY");
    assertThat(intervention.getReason()).isEqualTo("the provider is back");
  }

  @Test
  void a_stuck_compensation_is_skipped() {
    String order = stuckOrder();
    var _ =
        shop.admin()
            .skipSagaStep(
                SkipSagaStepRequest.newBuilder()
                    .setSagaId(order)
                    .setStep(STEP)
                    .setReason("the customer keeps it as a voucher")
                    .build());
    awaitStatus(order, "COMPENSATED");
    assertThat(types("payment-" + order)).endsWith("payment-refund-started.v1");
    assertThat(types("order-" + order)).endsWith("order-cancelled.v1");
  }

  @Test
  void a_stuck_compensation_is_completed_by_hand() {
    String order = stuckOrder();
    long seen = detail(order).getHistoryCount() - 1L;
    var request =
        CompleteSagaCompensationRequest.newBuilder()
            .setSagaId(order)
            .setSaga("order-fulfillment")
            .setStep(STEP)
            .setNote("paid back by bank transfer");
    StatusRuntimeException late =
        refusal(() ->
            shop.admin().completeSagaCompensation(request.setExpectedRevision(seen - 1).build()));
    assertThat(late.getStatus().getCode()).isEqualTo(Code.ABORTED);

    var _ = shop.admin().completeSagaCompensation(request.setExpectedRevision(seen).build());
    awaitStatus(order, "COMPENSATED");
    assertThat(interventions(order).getFirst().getReason()).isEqualTo("paid back by bank transfer");
  }

  @Test
  void trap_27_a_cancelled_saga_goes_back_and_its_dead_lettered_capture_takes_no_money() {
    String order =
        shop.place(Shop.order(shop.product(10), StubbornPaymentProvider.NO_CAPTURE, "1000001"))
            .getOrderId();
    ConsumerRecord<String, byte[]> letter = deadLetter(order);
    var _ =
        shop.admin()
            .cancelSaga(
                CancelSagaRequest.newBuilder()
                    .setSagaId(order)
                    .setReason("the customer called")
                    .build());
    awaitStatus(order, "COMPENSATED");
    assertThat(shop.saga(order).getCode()).isEqualTo("CANCELLED_BY_OPERATOR");
    assertThat(types("order-" + order)).endsWith("order-cancelled.v1");

    provider.repair(order);
    redrive(letter);
    awaitEverythingHandled();
    assertThat(provider.tookMoneyFor(order)).isFalse();
    assertThat(types("payment-" + order)).doesNotContain("payment-captured.v1");
  }

  @Test
  void an_order_whose_reservation_expired_meanwhile_is_undone_at_the_first_attempt() {
    String product = shop.product(10);
    String order =
        shop.place(Shop.order(product, StubbornPaymentProvider.NO_CAPTURE, "1000001")).getOrderId();
    ConsumerRecord<String, byte[]> letter = deadLetter(order);
    expire(product, order);
    provider.repair(order);
    redrive(letter);

    awaitStatus(order, "COMPENSATED");
    assertThat(shop.saga(order).getCode()).isEqualTo("RESERVATION_EXPIRED");
    assertThat(types("stock-" + product)).containsOnlyOnce("stock-commit-rejected.v1");
    assertThat(types("payment-" + order)).endsWith("payment-refunded.v1");
    assertThat(types("order-" + order)).endsWith("order-cancelled.v1");
    assertThat(availableOf(product)).isEqualTo(10);
  }

  /// As if its time were over.
  private void expire(String product, String order) {
    UUID id = UUID.randomUUID();
    var command =
        new StockCommand.ExpireReservation(
            ProductId.of(product),
            OrderId.of(order),
            Instant.now().plus(java.time.Duration.ofDays(1)));
    var context = new CommandContext(id, "", "test", "default", id, id, null, null, null);
    var _ =
        stocks
            .handle(StreamId.of("stock", product), command, context)
            .await()
            .atMost(java.time.Duration.ofSeconds(10));
  }

  private long availableOf(String product) {
    return stocks
        .load(StreamId.of("stock", product))
        .await()
        .atMost(java.time.Duration.ofSeconds(10))
        .state()
        .available();
  }

  @Test
  void what_cannot_be_done_is_refused_with_a_code() {
    String order = shop.place(Shop.order(shop.product(10), "tok_ok", "1000001")).getOrderId();
    awaitStatus(order, "COMPLETED");
    var cancel = CancelSagaRequest.newBuilder().setSagaId(order).setReason("why not").build();
    StatusRuntimeException ended = refusal(() -> shop.admin().cancelSaga(cancel));
    assertThat(ended.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);

    var unknown = cancel.toBuilder().setSagaId(Shop.newKey()).build();
    assertThat(refusal(() -> shop.admin().cancelSaga(unknown)).getStatus().getCode())
        .isEqualTo(Code.NOT_FOUND);
    var nameless = cancel.toBuilder().setReason(" ").build();
    assertThat(refusal(() -> shop.admin().cancelSaga(nameless)).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
    Shop customer = new Shop(shop.channel(), customerToken, customerToken);
    assertThat(refusal(() -> customer.admin().cancelSaga(cancel)).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void sagas_are_found_by_kind_status_step_and_age_and_shown_with_everything() {
    String order = stuckOrder();
    var filter =
        ListSagasRequest.newBuilder()
            .setSaga("order-fulfillment")
            .setStatus("STUCK")
            .setStep(STEP)
            .setMinAge(Duration.newBuilder().setSeconds(0))
            .build();
    assertThat(ids(filter)).contains(order);
    assertThat(ids(filter.toBuilder().setStep("confirm-order").build())).doesNotContain(order);
    assertThat(ids(filter.toBuilder().setSaga("no-such-saga").build())).isEmpty();
    var old = Duration.newBuilder().setSeconds(3_600).build();
    assertThat(ids(filter.toBuilder().setMinAge(old).build())).isEmpty();

    GetSagaResponse shown = detail(order);
    assertThat(shown.getRemainingStepsList())
        .containsExactly(STEP, "reserve-inventory", "accept-order");
    assertThat(shown.getTimersList()).isEmpty();
    assertThat(shown.getHistoryList())
        .extracting(SagaHistoryEntry::getType)
        .startsWith("saga-started.v1")
        .endsWith("saga-stuck.v1");
    assertThat(shown.getHistoryList())
        .extracting(SagaHistoryEntry::getPosition)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(shown.getHistoryList())
        .allMatch(entry -> entry.getActor().equals("customer") && entry.hasTriggerPosition());
    assertThat(shown.getHistory(0).getRevision()).isZero();
  }

  /// The carrier refuses, and then the provider does not give the money back. Nobody waits for the
  /// timers.
  private String stuckOrder() {
    String order =
        shop.place(Shop.order(shop.product(10), StubbornPaymentProvider.NO_REFUND, "9990001"))
            .getOrderId();
    await()
        .atMost(SAGA_MOST)
        .ignoreException(StatusRuntimeException.class)
        .until(() -> hurried(order), "STUCK"::equals);
    return order;
  }

  private String hurried(String order) {
    Saga saga = shop.saga(order);
    if (saga.getStatus().equals("COMPENSATING") && saga.getStep().equals(STEP)) {
      var _ =
          pool.preparedQuery("UPDATE saga_timer SET due_at = now() WHERE saga_id = $1")
              .execute(Tuple.of(order))
              .await()
              .atMost(SAGA_MOST);
    }
    return saga.getStatus();
  }

  private GetSagaResponse detail(String order) {
    return shop.admin().getSaga(GetSagaRequest.newBuilder().setSagaId(order).build());
  }

  private List<SagaHistoryEntry> interventions(String order) {
    return detail(order).getHistoryList().stream()
        .filter(entry -> entry.getType().equals("saga-operator-intervened.v1"))
        .toList();
  }

  private List<String> ids(ListSagasRequest filter) {
    return shop.admin().listSagas(filter).getSagasList().stream().map(Saga::getSagaId).toList();
  }

  private void awaitStatus(String order, String status) {
    await()
        .atMost(SAGA_MOST)
        .ignoreException(StatusRuntimeException.class)
        .until(() -> shop.saga(order).getStatus(), status::equals);
  }

  private List<String> types(String stream) {
    return store
        .read(new StreamId(stream), 0)
        .await()
        .atMost(java.time.Duration.ofSeconds(10))
        .stream()
        .map(RecordedEvent::type)
        .toList();
  }

  private static StatusRuntimeException refusal(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call));
  }

  private ConsumerRecord<String, byte[]> deadLetter(String key) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", kafka, "group.id", Shop.newKey(), "auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(COMMANDS + ".dlt"));
      List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
      await()
          .atMost(SAGA_MOST)
          .until(() -> {
            consumer.poll(java.time.Duration.ofMillis(200)).forEach(found::add);
            return found.stream().anyMatch(record -> key.equals(record.key()));
          });
      return found.stream().filter(record -> key.equals(record.key())).findFirst().orElseThrow();
    }
  }

  private void redrive(ConsumerRecord<String, byte[]> letter) {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka),
            new StringSerializer(),
            new ByteArraySerializer())) {
      var _ =
          producer.send(
              new ProducerRecord<>(COMMANDS, null, letter.key(), letter.value(), letter.headers()));
      producer.flush();
    }
  }

  /// The participant commits what it has handled, and nothing else.
  private void awaitEverythingHandled() {
    String reader = group + "-" + COMMANDS;
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka))) {
      await()
          .atMost(SAGA_MOST)
          .until(() -> {
            var handled =
                admin.listConsumerGroupOffsets(reader).partitionsToOffsetAndMetadata().get();
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            handled.keySet().forEach(partition -> ends.put(partition, OffsetSpec.latest()));
            var latest = admin.listOffsets(ends).all().get();
            return handled.entrySet().stream()
                .allMatch(
                    entry -> entry.getValue().offset() == latest.get(entry.getKey()).offset());
          });
    }
  }
}
