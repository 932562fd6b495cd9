package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.StreamId;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.fulfillment.FulfillmentCommand.CancelOrder;
import io.kiroku.fulfillment.FulfillmentCommand.CapturePayment;
import io.kiroku.fulfillment.FulfillmentCommand.RefundPayment;
import io.kiroku.fulfillment.Steps;
import io.kiroku.proto.query.v1.AsOf;
import io.kiroku.proto.query.v1.FieldChange;
import io.kiroku.proto.query.v1.Filter;
import io.kiroku.proto.query.v1.GetFulfillmentAsOfRequest;
import io.kiroku.proto.query.v1.GetFulfillmentRequest;
import io.kiroku.proto.query.v1.GetHistoryRequest;
import io.kiroku.proto.query.v1.HistoryServiceGrpc;
import io.kiroku.proto.query.v1.HistoryServiceGrpc.HistoryServiceBlockingStub;
import io.kiroku.proto.query.v1.ListOptions;
import io.kiroku.proto.query.v1.ListSagasRequest;
import io.kiroku.proto.query.v1.ListSagasResponse;
import io.kiroku.proto.query.v1.Range;
import io.kiroku.proto.query.v1.Saga;
import io.kiroku.proto.query.v1.SagaQueryServiceGrpc;
import io.kiroku.proto.query.v1.SagaQueryServiceGrpc.SagaQueryServiceBlockingStub;
import io.kiroku.returns.ReturnCommand;
import io.kiroku.returns.ReturnCommand.RefuseReturn;
import io.kiroku.returns.ReturnSteps;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.SagaEvent.CompensationRequested;
import io.kiroku.saga.SagaEvent.SagaCompleted;
import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.saga.SagaEvent.StepCompleted;
import io.kiroku.saga.SagaEvent.StepFailed;
import io.kiroku.saga.SagaEvent.StepRequested;
import io.kiroku.shared.OrderId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How sagas are getting on; those of each test belong to a tenant of its own.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class SagaQueryIT {
  private static final Instant AT = Instant.parse("2026-11-20T09:00:00Z");
  private static final Instant LATER = AT.plusSeconds(60);
  private static final String PAY = Steps.PROCESS_PAYMENT;

  @TestHTTPResource URI http;
  KeyPair keys;
  String eventStoreUrl;

  private final String tenant = "tenant" + UUID.randomUUID();
  private final OrderId order = new OrderId(UUID.randomUUID());
  private ManagedChannel channel;
  private CommandSide commands;

  /// Of all commands.
  private final Map<StreamId, Long> written = new HashMap<>();

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress(http.getHost(), http.getPort()).usePlaintext().build();
    commands = new CommandSide(eventStoreUrl);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    commands.close();
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  /// Somebody who has been told of all commands.
  private SagaQueryServiceBlockingStub as(String user, String... groups) {
    String token = written.isEmpty() ? "" : new ConsistencyToken(tenant, written).encode();
    return SagaQueryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(CallHeaders.of(keys, tenant, user, token, List.of(groups)));
  }

  private HistoryServiceBlockingStub past(String user) {
    return HistoryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(CallHeaders.of(keys, tenant, user, "", List.of()));
  }

  private void record(StreamId stream, Object event) {
    String token = commands.recordFor(tenant, stream, "mika", event);
    written.putAll(ConsistencyToken.decode(token).revisions());
  }

  private static StreamId stream(String category, OrderId order) {
    return StreamId.of(category, order.toString());
  }

  private void fulfillment(Object event) {
    record(stream("fulfillment", order), event);
  }

  private void start(OrderId order, Instant at) {
    List<PlannedStep<FulfillmentCommand>> plan =
        List.of(
            new PlannedStep<>(Steps.ACCEPT_ORDER, List.of(), List.of(new CancelOrder(order))),
            new PlannedStep<>(
                PAY, List.of(new CapturePayment(order)), List.of(new RefundPayment(order))));
    record(
        stream("fulfillment", order),
        new SagaStarted<>(order.toString(), "order-fulfillment", plan, LATER, at));
  }

  private void startReturn(OrderId order, Instant at) {
    List<PlannedStep<ReturnCommand>> plan =
        List.of(
            new PlannedStep<>(
                ReturnSteps.ACCEPT_RETURN, List.of(), List.of(new RefuseReturn(order))));
    record(
        stream("return", order),
        new SagaStarted<>(order.toString(), "order-return", plan, LATER, at));
  }

  private void placeAndStart() {
    String token = commands.placeFor(tenant, order, "mika");
    written.putAll(ConsistencyToken.decode(token).revisions());
    start(order, AT);
    fulfillment(new StepCompleted<>(order.toString(), Steps.ACCEPT_ORDER, 0, AT));
    fulfillment(
        new StepRequested<>(
            order.toString(), PAY, 1, List.of(new CapturePayment(order)), LATER, AT));
  }

  private void decline() {
    fulfillment(new StepFailed<>(order.toString(), PAY, 1, "FRAUD_SUSPECTED", false, AT));
    fulfillment(
        new CompensationRequested<>(
            order.toString(),
            PAY,
            1,
            List.of(new RefundPayment(order)),
            PAY,
            "FRAUD_SUSPECTED",
            LATER,
            AT));
  }

  private GetFulfillmentRequest get() {
    return GetFulfillmentRequest.newBuilder().setOrderId(order.toString()).build();
  }

  private GetFulfillmentAsOfRequest asOf(long revision) {
    return GetFulfillmentAsOfRequest.newBuilder()
        .setOrderId(order.toString())
        .setAsOf(AsOf.newBuilder().setRevision(revision))
        .build();
  }

  private static StatusRuntimeException refused(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run);
  }

  private static Code code(Runnable call) {
    return refused(call).getStatus().getCode();
  }

  @Test
  void a_customer_sees_how_his_order_is_getting_on() {
    placeAndStart();
    Saga saga = as("mika").getFulfillment(get()).getFulfillment();
    assertThat(saga)
        .returns(order.toString(), Saga::getSagaId)
        .returns("RUNNING", Saga::getStatus)
        .returns(PAY, Saga::getStep)
        .returns(2L, Saga::getRevision)
        .returns(LATER.getEpochSecond(), it -> it.getDeadline().getSeconds());
    assertThat(saga.getRemainingStepsList()).containsExactly(PAY);
    assertThat(saga.getSteps(1).getForward())
        .returns("REQUESTED", it -> it.getStatus())
        .returns(LATER.getEpochSecond(), it -> it.getDueAt().getSeconds());
    decline();
    saga = as("mika").getFulfillment(get()).getFulfillment();
    assertThat(saga)
        .returns("COMPENSATING", Saga::getStatus)
        .returns("FRAUD_SUSPECTED", Saga::getCode)
        .returns(false, Saga::hasDeadline);
    assertThat(saga.getRemainingStepsList()).containsExactly(PAY, Steps.ACCEPT_ORDER);
    assertThat(saga.getSteps(1).getForward().getFailures(0).getCode()).isEqualTo("FRAUD_SUSPECTED");
    assertThat(as("root", "admin").getFulfillment(get()).getFulfillment()).isEqualTo(saga);
  }

  @Test
  void a_fulfillment_is_seen_as_it_was_and_why_it_is_as_it_is() {
    placeAndStart();
    Saga before = as("mika").getFulfillment(get()).getFulfillment();
    decline();
    assertThat(past("mika").getFulfillmentAsOf(asOf(2)).getFulfillment()).isEqualTo(before);
    assertThat(past("mika").getFulfillmentAsOf(asOf(4)).getFulfillment())
        .isEqualTo(as("mika").getFulfillment(get()).getFulfillment());
    assertThat(code(() -> past("mika").getFulfillmentAsOf(asOf(5)))).isEqualTo(Code.NOT_FOUND);
    assertThat(code(() -> past("ken").getFulfillmentAsOf(asOf(2)))).isEqualTo(Code.NOT_FOUND);
    var told = GetHistoryRequest.newBuilder().setFulfillmentOrderId(order.toString()).build();
    assertThat(past("mika").getHistory(told).getEvents(3).getChangesList())
        .contains(
            FieldChange.newBuilder()
                .setField("steps[1].forward.status")
                .setBefore("REQUESTED")
                .setAfter("FAILED")
                .build());
    assertThat(code(() -> past("ken").getHistory(told))).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void trap_16_somebody_elses_fulfillment_is_as_unknown_as_one_that_never_was() {
    placeAndStart();
    written.clear();
    StatusRuntimeException others = refused(() -> as("ken").getFulfillment(get()));
    StatusRuntimeException unknown =
        refused(() ->
            as("mika")
                .getFulfillment(
                    GetFulfillmentRequest.newBuilder()
                        .setOrderId(UUID.randomUUID().toString())
                        .build()));
    assertThat(others).hasMessage(unknown.getMessage());
    assertThat(code(() -> as("").getFulfillment(get()))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(code(() -> as("mika").listSagas(ListSagasRequest.getDefaultInstance())))
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  private ListSagasResponse list(ListOptions.Builder options) {
    return as("root", "admin").listSagas(ListSagasRequest.newBuilder().setOptions(options).build());
  }

  private static Filter equalTo(String field, String value) {
    return Filter.newBuilder().setField(field).setEqualTo(value).build();
  }

  private static List<String> shown(ListSagasResponse page) {
    return page.getSagasList().stream().map(saga -> saga.getSaga() + saga.getSagaId()).toList();
  }

  @Test
  void sagas_of_every_kind_are_listed_by_their_start_page_by_page() {
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      var next = new OrderId(UUID.randomUUID());
      start(next, AT.plusSeconds(2L * i));
      startReturn(next, AT.plusSeconds(2L * i + 1));
      started.add("order-fulfillment" + next);
      started.add("order-return" + next);
    }
    List<String> seen = new ArrayList<>();
    ListOptions.Builder options = ListOptions.newBuilder().setPageSize(3).setSort("-started");
    do {
      ListSagasResponse page = list(options);
      seen.addAll(shown(page));
      options.setPageToken(page.getNextPageToken());
    } while (!options.getPageToken().isEmpty());
    assertThat(seen).isEqualTo(started.reversed());
  }

  @Test
  void filters_of_sagas_hold_together() {
    placeAndStart();
    var done = new OrderId(UUID.randomUUID());
    start(done, AT.plusSeconds(10));
    record(stream("fulfillment", done), new SagaCompleted<>(done.toString(), LATER));
    startReturn(done, AT.plusSeconds(20));
    assertThat(shown(list(options(equalTo("saga", "order-return")))))
        .containsExactly("order-return" + done);
    assertThat(shown(list(options(equalTo("status", "COMPLETED")))))
        .containsExactly("order-fulfillment" + done);
    assertThat(shown(list(options(equalTo("step", PAY), equalTo("status", "RUNNING")))))
        .containsExactly("order-fulfillment" + order);
    Range.Builder range =
        Range.newBuilder()
            .setAtLeast(AT.toEpochMilli() + 1)
            .setAtMost(AT.plusSeconds(10).toEpochMilli());
    assertThat(
            shown(list(options(Filter.newBuilder().setField("started").setRange(range).build()))))
        .containsExactly("order-fulfillment" + done);
    assertThat(refused(() -> list(options(equalTo("step", "no-such-step")))))
        .hasMessageContaining(Steps.RESERVE_INVENTORY);
    assertThat(code(() -> list(options(equalTo("code", "X"))))).isEqualTo(Code.INVALID_ARGUMENT);
  }

  private static ListOptions.Builder options(Filter... filters) {
    return ListOptions.newBuilder().addAllFilters(List.of(filters));
  }
}
