package io.kiroku.command.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.StatusRuntimeException;
import io.kiroku.command.RealInfrastructure;
import io.kiroku.command.Shop;
import io.kiroku.command.payment.StubbornPaymentProvider;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.proto.ordering.v1.RequestReturnRequest;
import io.kiroku.proto.returns.v1.ReturnEvent;
import io.kiroku.proto.saga.v1.GetSagaRequest;
import io.kiroku.proto.saga.v1.GetSagaResponse;
import io.kiroku.proto.saga.v1.ListSagasRequest;
import io.kiroku.proto.saga.v1.RetrySagaStepRequest;
import io.kiroku.proto.saga.v1.Saga;
import io.kiroku.proto.shipping.v1.ReceiveReturnedGoodsRequest;
import io.kiroku.proto.shipping.v1.RefuseReturnedGoodsRequest;
import io.kiroku.service.kafka.ConfluentFraming;
import io.kiroku.service.testing.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Delivered orders on their way back, with real parts.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class ReturnIT {
  private static final Duration SAGA_MOST = Duration.ofSeconds(60);
  private static final String RETURN = "order-return";

  @Inject Pool pool;
  @Inject EventStore store;
  @Inject StubbornPaymentProvider provider;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  String customerToken;
  Shop shop;

  @Test
  void goods_that_come_back_bring_back_stock_and_money_and_the_world_is_told() {
    String product = shop.product(100);
    String order = requested(product, "tok_ok");
    receive(order);
    awaitStatus(order, "COMPLETED");

    assertThat(types("order-" + order)).endsWith("order-return-requested.v1", "order-returned.v1");
    assertThat(types("payment-" + order)).containsOnlyOnce("payment-refunded.v1");
    assertThat(shop.availableAfterOneMore(product)).isEqualTo(101);
    assertThat(shop.saga(order).getStatus()).isEqualTo("COMPLETED");
    assertThat(told(order))
        .extracting(ReturnEvent::getEventCase)
        .startsWith(ReturnEvent.EventCase.STARTED)
        .endsWith(ReturnEvent.EventCase.COMPLETED);

    var again = request(order, "NO_LONGER_WANTED");
    assertThat(again).isEqualTo(types("order-" + order).size() - 1L);
  }

  @Test
  void operators_find_a_return_beside_the_fulfillment_of_the_same_order() {
    String order = requested(shop.product(10), "tok_ok");
    awaitExpected(order);
    var filter = ListSagasRequest.newBuilder().setSaga(RETURN).setStep("receive-goods").build();
    awaitTrue(() ->
        shop.admin().listSagas(filter).getSagasList().stream()
            .map(Saga::getSagaId)
            .anyMatch(order::equals));

    GetSagaResponse shown = detail(order);
    assertThat(shown.getRemainingStepsList())
        .containsExactly("receive-goods", "return-stock", "refund-payment", "complete-return");
    assertThat(shown.getTimersList())
        .extracting(timer -> timer.getTimer())
        .contains("step:receive-goods:FORWARD:1");
    assertThat(shop.saga(order).getSaga()).isEqualTo("order-fulfillment");
  }

  @Test
  void goods_that_are_refused_are_not_paid_back_and_there_is_no_second_return() {
    String order = requested(shop.product(10), "tok_ok");
    awaitExpected(order);
    var _ =
        shop.shipping()
            .refuseReturnedGoods(
                RefuseReturnedGoodsRequest.newBuilder()
                    .setOrderId(order)
                    .setCode("GOODS_DAMAGED")
                    .build());
    awaitStatus(order, "COMPENSATED");

    assertThat(detail(order).getSaga().getCode()).isEqualTo("GOODS_DAMAGED");
    assertThat(types("order-" + order)).endsWith("order-return-refused.v1");
    assertThat(types("payment-" + order)).endsWith("payment-captured.v1");
    assertThatThrownBy(() -> request(order, "NO_LONGER_WANTED")).hasMessageContaining("refused");
  }

  @Test
  void goods_that_never_come_end_the_return() {
    String order = requested(shop.product(10), "tok_ok");
    awaitExpected(order);
    hurry(order);
    awaitStatus(order, "COMPENSATED");

    assertThat(types("order-" + order)).endsWith("order-return-refused.v1");
    assertThat(types("payment-" + order)).endsWith("payment-captured.v1");
    assertThat(told(order))
        .last()
        .matches(event -> event.getRefused().getCode().equals("RETURN_EXPIRED"));
    assertThatThrownBy(() -> receive(order)).hasMessageContaining("expected");
  }

  @Test
  void a_refund_that_fails_gets_stuck_and_an_operator_tries_again() {
    String order = requested(shop.product(10), StubbornPaymentProvider.NO_REFUND);
    receive(order);
    awaitTrue(() -> {
      hurry(order, "refund-payment");
      return status(order).equals("STUCK");
    });
    assertThat(types("order-" + order)).endsWith("order-return-requested.v1");

    provider.repair(order);
    var _ =
        shop.admin()
            .retrySagaStep(
                RetrySagaStepRequest.newBuilder()
                    .setSagaId(order)
                    .setSaga(RETURN)
                    .setStep("refund-payment")
                    .setReason("the provider is back")
                    .build());
    awaitStatus(order, "COMPLETED");
    assertThat(types("payment-" + order)).containsOnlyOnce("payment-refunded.v1");
    assertThat(types("order-" + order)).endsWith("order-returned.v1");
  }

  @Test
  void what_is_not_delivered_or_somebody_elses_is_not_given_back() {
    String product = shop.product(10);
    String placed = shop.place(Shop.order(product, "tok_ok", "1000001")).getOrderId();
    assertThatThrownBy(() -> request(placed, "NOT_AS_DESCRIBED"))
        .hasMessageContaining("not delivered");
    assertThatThrownBy(() -> request(Shop.newKey(), "NOT_AS_DESCRIBED"))
        .hasMessageContaining("no such order");
    Shop customer = new Shop(shop.channel(), customerToken, customerToken);
    assertThatThrownBy(() ->
            customer
                .shipping()
                .receiveReturnedGoods(
                    ReceiveReturnedGoodsRequest.newBuilder().setOrderId(placed).build()))
        .hasMessageContaining("PERMISSION_DENIED");
  }

  private String requested(String product, String paymentToken) {
    String order = shop.delivered(Shop.order(product, paymentToken, "1000001"));
    long _ = request(order, "NOT_AS_DESCRIBED");
    return order;
  }

  private long request(String order, String reason) {
    return shop.customer()
        .requestReturn(
            RequestReturnRequest.newBuilder().setOrderId(order).setReason(reason).build())
        .getRevision();
  }

  private void receive(String order) {
    awaitExpected(order);
    var _ =
        shop.shipping()
            .receiveReturnedGoods(
                ReceiveReturnedGoodsRequest.newBuilder().setOrderId(order).build());
  }

  private void awaitExpected(String order) {
    awaitTrue(() -> types("shipment-" + order).contains("shipment-return-expected.v1"));
  }

  /// As if the promised time were over.
  private void hurry(String order) {
    hurry(order, "");
  }

  private void hurry(String order, String step) {
    pool.preparedQuery(
            "UPDATE saga_timer SET due_at = now() WHERE category = 'return' AND saga_id = $1"
                + " AND timer LIKE '%' || $2 || '%'")
        .execute(Tuple.of(order, step))
        .await()
        .atMost(SAGA_MOST);
  }

  private GetSagaResponse detail(String order) {
    return shop.admin()
        .getSaga(GetSagaRequest.newBuilder().setSagaId(order).setSaga(RETURN).build());
  }

  private String status(String order) {
    return detail(order).getSaga().getStatus();
  }

  private void awaitStatus(String order, String status) {
    awaitTrue(() -> status(order).equals(status));
  }

  private static void awaitTrue(Callable<Boolean> condition) {
    await().atMost(SAGA_MOST).ignoreException(StatusRuntimeException.class).until(condition);
  }

  private List<ReturnEvent> told(String order) {
    try (var reader = new TopicReader(kafka, "kiroku.returns.events")) {
      return messages(reader.of(order, records -> ended(messages(records))));
    }
  }

  private static List<ReturnEvent> messages(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().map(ReturnIT::message).toList();
  }

  private static ReturnEvent message(ConsumerRecord<String, byte[]> record) {
    try {
      return ReturnEvent.parseFrom(ConfluentFraming.unframe(record.value()).payload());
    } catch (InvalidProtocolBufferException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static boolean ended(List<ReturnEvent> told) {
    return told.stream().anyMatch(event -> event.hasCompleted() || event.hasRefused());
  }

  private List<String> types(String stream) {
    return store.read(new StreamId(stream), 0).await().atMost(Duration.ofSeconds(10)).stream()
        .map(RecordedEvent::type)
        .toList();
  }
}
