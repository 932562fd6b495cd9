package io.kiroku.command.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.kiroku.command.RealInfrastructure;
import io.kiroku.command.Shop;
import io.kiroku.command.payment.StubbornPaymentProvider;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.proto.deadletter.v1.DeadLetter;
import io.kiroku.proto.deadletter.v1.ListDeadLettersRequest;
import io.kiroku.proto.deadletter.v1.ListDeadLettersResponse;
import io.kiroku.proto.deadletter.v1.RedriveDeadLetterRequest;
import io.kiroku.proto.deadletter.v1.RedriveDeadLetterResponse;
import io.kiroku.proto.deadletter.v1.RedriveDeadLettersRequest;
import io.kiroku.proto.deadletter.v1.RedriveResult;
import io.kiroku.proto.saga.v1.CancelSagaRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
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

/// What real participants could not handle, and its way back.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class DeadLetterAdminIT {
  private static final Duration MOST = Duration.ofSeconds(60);

  @Inject EventStore store;
  @Inject StubbornPaymentProvider provider;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  String adminToken;
  String customerToken;
  Shop shop;

  @Test
  void trap_4_a_dead_letter_is_listed_with_all_that_it_tells_and_goes_back() {
    String order = orderWithoutCapture();
    DeadLetter letter = letterOf(order);
    assertThat(letter.getTopic()).isEqualTo("kiroku.payment.commands.dlt");
    assertThat(letter.getType()).isEqualTo("kiroku.payment.v1.CapturePayment");
    assertThat(letter.getSagaId()).isEqualTo(order);
    assertThat(letter.getStep()).isEqualTo("process-payment");
    assertThat(letter.getAttempt()).isEqualTo(1);
    assertThat(letter.getTries()).isEqualTo(4);
    assertThat(letter.getReason()).isEqualTo("IllegalStateException");
    assertThat(letter.getError()).contains("no capture today");
    assertThat(letter.getFailedAt().getSeconds()).isPositive();
    assertThat(letter.getRedrivesList()).isEmpty();

    provider.repair(order);
    String key = Shop.newKey();
    var request = of(letter).setReason("the provider is back").build();
    RedriveDeadLetterResponse first = shop.deadLetters(adminToken, key).redriveDeadLetter(request);
    RedriveDeadLetterResponse again = shop.deadLetters(adminToken, key).redriveDeadLetter(request);

    assertThat(first.getMessageId()).isEqualTo(letter.getMessageId());
    assertThat(again.getSagaRevision()).isEqualTo(first.getSagaRevision());
    awaitStatus(order, "COMPLETED");
    assertThat(types("payment-" + order)).containsOnlyOnce("payment-captured.v1");
    DeadLetter listed = letterOf(order);
    assertThat(listed.getRedrivesCount()).isEqualTo(1);
    assertThat(listed.getRedrives(0).getActor()).isEqualTo("staff");
    assertThat(listed.getRedrives(0).getReason()).isEqualTo("the provider is back");
    assertThat(listed.getRedrives(0).getForced()).isFalse();
    assertThat(redrivenBy(letter)).contains("staff");
  }

  @Test
  void trap_27_a_capture_that_a_compensation_has_overtaken_is_not_sent_and_forced_takes_no_money() {
    String order = orderWithoutCapture();
    DeadLetter letter = letterOf(order);
    cancel(order);
    provider.repair(order);

    StatusRuntimeException refused = refusal(of(letter).build());
    assertThat(refused.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(reason(refused)).isEqualTo("OVERTAKEN");
    assertThat(refused.getStatus().getDescription()).contains("CANCELLED_BY_OPERATOR");
    assertThat(refusal(of(letter).setForce(true).build()).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(letterOf(order).getRedrivesList()).isEmpty();

    var forced = admin().redriveDeadLetter(of(letter).setForce(true).setReason("to see").build());
    assertThat(redrivenBy(letter)).contains("staff");
    awaitEverythingHandled();
    assertThat(provider.tookMoneyFor(order)).isFalse();
    assertThat(types("payment-" + order)).doesNotContain("payment-captured.v1");
    assertThat(letterOf(order).getRedrives(0).getForced()).isTrue();
    await().atMost(MOST).until(() -> shop.saga(order).getRevision() >= forced.getSagaRevision());
    assertThat(shop.saga(order).getStatus()).isEqualTo("COMPENSATED");
  }

  @Test
  void all_of_a_context_go_back_but_those_that_are_overtaken_or_went_before() {
    String waiting = orderWithoutCapture();
    String overtaken = orderWithoutCapture();
    DeadLetter waitingLetter = letterOf(waiting);
    DeadLetter overtakenLetter = letterOf(overtaken);
    cancel(overtaken);
    provider.repair(waiting);
    provider.repair(overtaken);

    var request =
        RedriveDeadLettersRequest.newBuilder()
            .setContext("payment")
            .setReason("the provider is back")
            .build();
    var first = admin().redriveDeadLetters(request);
    assertThat(first.getComplete()).isTrue();
    assertThat(outcome(first.getResultsList(), waitingLetter)).isEqualTo("REDRIVEN");
    assertThat(outcome(first.getResultsList(), overtakenLetter)).isEqualTo("OVERTAKEN");
    awaitStatus(waiting, "COMPLETED");
    assertThat(provider.tookMoneyFor(overtaken)).isFalse();

    var second = admin().redriveDeadLetters(request);
    assertThat(second.getResultsList())
        .extracting(RedriveResult::getMessageId)
        .doesNotContain(waitingLetter.getMessageId());
  }

  @Test
  void what_nobody_can_read_is_listed_and_stays() {
    String key = "unreadable-" + Shop.newKey();
    poison(key);
    DeadLetter letter = letterOf(key);
    assertThat(letter.getReason()).isEqualTo("MalformedFrame");
    assertThat(letter.getMessageId()).isEmpty();
    assertThat(letter.getSagaId()).isEmpty();
    assertThat(reason(refusal(of(letter).setForce(true).setReason("please").build())))
        .isEqualTo("DEAD_LETTER_OF_NO_SAGA");
  }

  @Test
  void pages_follow_each_other_without_gap_or_overlap() {
    poison("page-1-" + Shop.newKey());
    String last = "page-2-" + Shop.newKey();
    poison(last);
    letterOf(last);
    List<String> places = new ArrayList<>();
    var request = ListDeadLettersRequest.newBuilder().setContext("inventory").setPageSize(1);
    ListDeadLettersResponse page;
    do {
      page = admin().listDeadLetters(request.build());
      assertThat(page.getLettersCount()).isLessThanOrEqualTo(1);
      page.getLettersList().forEach(letter -> places.add(place(letter)));
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    List<String> all = new ArrayList<>();
    letters("inventory").forEach(letter -> all.add(place(letter)));
    assertThat(places).containsExactlyElementsOf(all).doesNotHaveDuplicates();
    assertThat(places.size()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void what_there_is_not_and_who_may_not_is_refused() {
    var nowhere =
        RedriveDeadLetterRequest.newBuilder()
            .setTopic("kiroku.payment.commands.dlt")
            .setOffset(1_000_000)
            .build();
    assertThat(reason(refusal(nowhere))).isEqualTo("DEAD_LETTER_NOT_FOUND");
    assertThat(reason(refusal(nowhere.toBuilder().setTopic("kiroku.payment.events").build())))
        .isEqualTo("DEAD_LETTER_NOT_FOUND");
    var customer = shop.deadLetters(customerToken, Shop.newKey());
    assertThat(
            catchThrowableOfType(
                    StatusRuntimeException.class, () -> customer.redriveDeadLetter(nowhere))
                .getStatus()
                .getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
    var elsewhere = ListDeadLettersRequest.newBuilder().setContext("fulfillment").build();
    assertThat(
            catchThrowableOfType(
                    StatusRuntimeException.class, () -> admin().listDeadLetters(elsewhere))
                .getStatus()
                .getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  private io.kiroku.proto.deadletter.v1.DeadLetterAdminGrpc.DeadLetterAdminBlockingStub admin() {
    return shop.deadLetters(adminToken, Shop.newKey());
  }

  private String orderWithoutCapture() {
    return shop.place(Shop.order(shop.product(10), StubbornPaymentProvider.NO_CAPTURE, "1000001"))
        .getOrderId();
  }

  private void cancel(String order) {
    var _ =
        shop.admin()
            .cancelSaga(CancelSagaRequest.newBuilder().setSagaId(order).setReason("gone").build());
    awaitStatus(order, "COMPENSATED");
  }

  private DeadLetter letterOf(String key) {
    return await()
        .atMost(MOST)
        .until(
            () -> letters("").stream().filter(letter -> letter.getKey().equals(key)).toList(),
            found -> !found.isEmpty())
        .getFirst();
  }

  private List<DeadLetter> letters(String context) {
    List<DeadLetter> letters = new ArrayList<>();
    var request = ListDeadLettersRequest.newBuilder().setContext(context).setPageSize(200);
    ListDeadLettersResponse page;
    do {
      page = admin().listDeadLetters(request.build());
      letters.addAll(page.getLettersList());
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    return letters;
  }

  private static RedriveDeadLetterRequest.Builder of(DeadLetter letter) {
    return RedriveDeadLetterRequest.newBuilder()
        .setTopic(letter.getTopic())
        .setPartition(letter.getPartition())
        .setOffset(letter.getOffset());
  }

  private static String place(DeadLetter letter) {
    return letter.getTopic() + "/" + letter.getPartition() + "/" + letter.getOffset();
  }

  private static String outcome(List<RedriveResult> results, DeadLetter letter) {
    return results.stream()
        .filter(result -> result.getMessageId().equals(letter.getMessageId()))
        .map(RedriveResult::getOutcome)
        .findFirst()
        .orElse("none");
  }

  private StatusRuntimeException refusal(RedriveDeadLetterRequest request) {
    return Objects.requireNonNull(
        catchThrowableOfType(
            StatusRuntimeException.class, () -> admin().redriveDeadLetter(request)));
  }

  private static String reason(StatusRuntimeException failure) {
    try {
      return StatusProto.fromThrowable(failure).getDetails(0).unpack(ErrorInfo.class).getReason();
    } catch (InvalidProtocolBufferException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private void poison(String key) {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka),
            new StringSerializer(),
            new ByteArraySerializer())) {
      var _ =
          producer.send(
              new ProducerRecord<>(
                  "kiroku.inventory.commands", key, "no frame".getBytes(StandardCharsets.UTF_8)));
      producer.flush();
    }
  }

  /// Of all deliveries of the letter's message to its topic.
  private List<String> redrivenBy(DeadLetter letter) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", kafka, "group.id", Shop.newKey(), "auto.offset.reset", "earliest");
    List<String> by = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("kiroku.payment.commands"));
      await()
          .pollInSameThread()
          .atMost(MOST)
          .until(() -> {
            consumer
                .poll(Duration.ofMillis(200))
                .forEach(record -> {
                  var header = record.headers().lastHeader("redriven-by");
                  if (letter.getKey().equals(record.key()) && header != null) {
                    assertThat(record.headers().lastHeader("dlt-reason")).isNull();
                    by.add(new String(header.value(), StandardCharsets.UTF_8));
                  }
                });
            return !by.isEmpty();
          });
    }
    return by;
  }

  /// The participant commits what it has handled, and nothing else.
  private void awaitEverythingHandled() {
    String topic = "kiroku.payment.commands";
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka))) {
      await()
          .atMost(MOST)
          .until(() -> {
            var handled =
                admin
                    .listConsumerGroupOffsets("command-service-" + topic)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            handled.keySet().forEach(partition -> ends.put(partition, OffsetSpec.latest()));
            var latest = admin.listOffsets(ends).all().get();
            return handled.entrySet().stream()
                .allMatch(
                    entry -> entry.getValue().offset() == latest.get(entry.getKey()).offset());
          });
    }
  }

  private void awaitStatus(String order, String status) {
    await()
        .atMost(MOST)
        .ignoreException(StatusRuntimeException.class)
        .until(() -> shop.saga(order).getStatus(), status::equals);
  }

  private List<String> types(String stream) {
    return store.read(new StreamId(stream), 0).await().atMost(MOST).stream()
        .map(RecordedEvent::type)
        .toList();
  }
}
