package io.kiroku.command.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kiroku.command.events.StoredEvents;
import io.kiroku.command.fulfillment.FulfillmentSaga;
import io.kiroku.decider.Rejection;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.CommandRejection;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.fulfillment.FulfillmentSettings;
import io.kiroku.fulfillment.OrderFulfillment;
import io.kiroku.fulfillment.Steps;
import io.kiroku.saga.OperatorAction;
import io.kiroku.saga.OperatorRejection;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaState;
import io.kiroku.saga.SagaState.Stuck;
import io.kiroku.saga.SagaTrigger;
import io.kiroku.saga.SagaTrigger.Failed;
import io.kiroku.saga.SagaTrigger.Intervention;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.SagaTrigger.Start;
import io.kiroku.saga.SagaTrigger.Succeeded;
import io.kiroku.saga.SagaTrigger.TimerFired;
import io.kiroku.samples.Samples;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The runner on one instance and operators on others decide about the same sagas.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SagaDecisionsTest {
  private static final String ORDER = Samples.ORDER.toString();
  private static final StreamId SAGA = StreamId.of("fulfillment", ORDER);
  private static final String STEP = Steps.PROCESS_PAYMENT;
  private static final OrderFulfillment RULES = new OrderFulfillment(FulfillmentSettings.DEFAULTS);
  private static final int COMPENSATION_ATTEMPTS =
      FulfillmentSettings.DEFAULTS.compensation().attemptsMax();

  private final InMemoryEventStore store = new InMemoryEventStore();
  private final EventCodec<Object> facts = StoredEvents.codec(PersonKeys.NONE);
  private final SagaDecisions<FulfillmentCommand> runner = instance();
  private final SagaDecisions<FulfillmentCommand> elsewhere = instance();

  @Test
  void an_operator_moves_a_saga_that_another_instance_runs() {
    stuck();
    var outcome = accepted(act(OperatorAction.RETRY, context(UUID.randomUUID(), "a", null)));

    assertThat(outcome.revision()).isEqualTo(saga().size() - 1L);
    assertThat(types()).endsWith("saga-operator-intervened.v1", "saga-compensation-requested.v1");
    assertThat(saga().getLast().metadata().actor()).isEqualTo("customer");
    assertThat(saga().getLast().metadata().correlationId())
        .isEqualTo(saga().getFirst().metadata().correlationId());
  }

  @Test
  void a_runner_that_does_not_know_of_the_operator_still_hears_what_came_of_it() {
    stuck();
    var _ = act(OperatorAction.RETRY, context(UUID.randomUUID(), "a", null));

    // In the runner's memory the saga is stuck, and would not react to a failure or a timer.
    timer("step:" + STEP + ":COMPENSATION:" + (COMPENSATION_ATTEMPTS + 1));

    assertThat(types()).endsWith("saga-compensation-failed.v1", "saga-stuck.v1");
  }

  @Test
  void what_the_runner_has_not_come_to_yet_is_no_old_news_after_an_operator_acted() {
    stuck();
    // In the log before the operator acts, heard after.
    RecordedEvent refunded = fact();
    var _ = act(OperatorAction.RETRY, context(UUID.randomUUID(), "a", null));

    hear(new Succeeded<>(STEP, Phase.COMPENSATION, "order", Samples.AT), refunded);

    assertThat(types())
        .endsWith("saga-compensation-completed.v1", "saga-compensation-requested.v1");
  }

  @Test
  void a_command_that_comes_again_gets_its_first_answer_and_does_nothing() {
    stuck();
    CommandContext command = context(UUID.randomUUID(), "a", null);
    var first = accepted(act(OperatorAction.SKIP, command));
    int size = saga().size();
    hear(new Failed<>("?", Phase.FORWARD, "?", "?", Samples.AT), fact());

    var again = accepted(act(OperatorAction.SKIP, command));

    assertThat(again.repeated()).isTrue();
    assertThat(again.revision()).isEqualTo(first.revision());
    assertThat(again.events()).isEqualTo(first.events());
    assertThat(saga()).hasSize(size);
  }

  @Test
  void another_request_under_the_same_id_is_refused() {
    stuck();
    UUID id = UUID.randomUUID();
    var _ = accepted(act(OperatorAction.RETRY, context(id, "a", null)));
    assertThat(refused(act(OperatorAction.SKIP, context(id, "b", null))))
        .isEqualTo(CommandRejection.COMMAND_ID_REUSED);
  }

  @Test
  void an_operator_who_saw_another_revision_is_told() {
    stuck();
    long last = saga().size() - 1L;
    assertThatExceptionOfType(ConcurrencyConflict.class)
        .isThrownBy(() -> act(OperatorAction.RETRY, context(UUID.randomUUID(), "a", last - 1)));
    assertThat(accepted(act(OperatorAction.RETRY, context(UUID.randomUUID(), "a", last))).events())
        .hasSize(2);
  }

  @Test
  void a_saga_of_another_tenant_is_as_good_as_none() {
    stuck();
    UUID id = UUID.randomUUID();
    var stranger = new CommandContext(id, "a", "op", "other", id, id, null, null, null);
    assertThat(refused(act(OperatorAction.RETRY, stranger)))
        .isEqualTo(OperatorRejection.SAGA_NOT_FOUND);
    assertThat(await(runner.story("other", ORDER))).isEmpty();
    assertThat(await(runner.story("default", ORDER)).orElseThrow().state())
        .isInstanceOf(Stuck.class);
  }

  @Test
  void a_refusal_leaves_nothing_behind() {
    started();
    int size = saga().size();
    assertThat(refused(act(OperatorAction.RETRY, context(UUID.randomUUID(), "a", null))))
        .isEqualTo(OperatorRejection.SAGA_NOT_STUCK);
    assertThat(saga()).hasSize(size);
  }

  @Test
  void of_many_operators_at_once_one_moves_the_saga() {
    stuck();
    List<CommandOutcome<SagaState<FulfillmentCommand>, SagaEvent<FulfillmentCommand>>> outcomes =
        Multi.createFrom()
            .items(IntStream.range(0, 30).boxed())
            .onItem()
            .transformToUni(_ ->
                instance()
                    .intervene(
                        ORDER, order(OperatorAction.RETRY), context(UUID.randomUUID(), "a", null))
                    .runSubscriptionOn(Infrastructure.getDefaultExecutor()))
            .merge(30)
            .collect()
            .asList()
            .await()
            .atMost(Duration.ofSeconds(20));

    assertThat(outcomes.stream().filter(CommandOutcome.Accepted.class::isInstance)).hasSize(1);
    assertThat(types().stream().filter("saga-operator-intervened.v1"::equals)).hasSize(1);
  }

  private SagaDecisions<FulfillmentCommand> instance() {
    return new SagaDecisions<>(new FulfillmentSaga(RULES), store);
  }

  private void started() {
    hear(new Start<>(ORDER, RULES.plan(Samples.ORDER_PLACED), Samples.AT), fact());
  }

  /// In the compensation of its payment, as the runner's memory has it.
  private void stuck() {
    started();
    for (var line : Samples.ORDER_PLACED.lines()) {
      hear(
          new Succeeded<>(
              Steps.RESERVE_INVENTORY, Phase.FORWARD, line.productId().toString(), Samples.AT),
          fact());
    }
    hear(new Failed<>(STEP, Phase.FORWARD, "order", "FRAUD_SUSPECTED", Samples.AT), fact());
    for (int attempt = 1; attempt <= COMPENSATION_ATTEMPTS; attempt++) {
      timer("step:" + STEP + ":COMPENSATION:" + attempt);
      timer("retry:" + STEP + ":COMPENSATION:" + (attempt + 1));
    }
    assertThat(types()).endsWith("saga-stuck.v1");
  }

  private void timer(String name) {
    await(
        new Heard<>(runner, ORDER, new TimerFired<>(name, Samples.AT), UUID.randomUUID(), null)
            .answer());
  }

  private void hear(SagaTrigger<FulfillmentCommand> trigger, RecordedEvent origin) {
    await(new Heard<>(runner, ORDER, trigger, origin.id(), origin).answer());
  }

  /// Something in the log; only its place and metadata matter here.
  private RecordedEvent fact() {
    UUID id = UUID.randomUUID();
    var metadata = new EventMetadata(id, id, id, "", "customer", "default", null, null, null);
    StreamId stream = StreamId.of("payment", id.toString());
    Object event = Samples.PAYMENT_EVENTS.getFirst();
    byte[] data = await(facts.encode("default", event));
    var _ =
        await(
            store.append(
                stream,
                EventStore.NO_STREAM,
                List.of(new NewEvent(id, facts.typeOf(event), data, metadata))));
    return await(store.read(stream, 0)).getFirst();
  }

  private CommandOutcome<SagaState<FulfillmentCommand>, SagaEvent<FulfillmentCommand>> act(
      OperatorAction action, CommandContext context) {
    return await(elsewhere.intervene(ORDER, order(action), context));
  }

  private static Intervention<FulfillmentCommand> order(OperatorAction action) {
    return new Intervention<>(action, STEP, "operator-1", "a reason", Samples.AT);
  }

  private static CommandContext context(UUID id, String hash, @Nullable Long expected) {
    return new CommandContext(id, hash, "operator-1", "default", id, id, null, null, expected);
  }

  private static CommandOutcome.Accepted<
          SagaState<FulfillmentCommand>, SagaEvent<FulfillmentCommand>>
      accepted(
          CommandOutcome<SagaState<FulfillmentCommand>, SagaEvent<FulfillmentCommand>> outcome) {
    return (CommandOutcome.Accepted<SagaState<FulfillmentCommand>, SagaEvent<FulfillmentCommand>>)
        outcome;
  }

  private static Rejection refused(
      CommandOutcome<SagaState<FulfillmentCommand>, SagaEvent<FulfillmentCommand>> outcome) {
    return ((CommandOutcome.Rejected<SagaState<FulfillmentCommand>, SagaEvent<FulfillmentCommand>>)
            outcome)
        .reason();
  }

  private List<RecordedEvent> saga() {
    return await(store.read(SAGA, 0));
  }

  private List<String> types() {
    return saga().stream().map(RecordedEvent::type).toList();
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(5));
  }
}
