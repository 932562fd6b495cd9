package io.kiroku.command.saga;

import io.kiroku.decider.Decision;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.CommandOutcome.Accepted;
import io.kiroku.eventstore.CommandOutcome.Rejected;
import io.kiroku.eventstore.CommandRejection;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.saga.OperatorRejection;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaState;
import io.kiroku.saga.StepCommand;
import io.smallrye.mutiny.Uni;
import java.util.List;

/// One operator's order to one saga, decided on what was just read of it.
final class InterventionRun<C extends StepCommand> {
  private final SagaStreams<C> streams;
  private final String sagaId;
  private final Rule<C> rule;
  private final CommandContext context;

  InterventionRun(SagaStreams<C> streams, String sagaId, Rule<C> rule, CommandContext context) {
    this.streams = streams;
    this.sagaId = sagaId;
    this.rule = rule;
    this.context = context;
  }

  /// What follows from the order.
  interface Rule<C extends StepCommand> {
    /// @param history that led to the state
    Decision<SagaEvent<C>> decide(List<Recorded<SagaEvent<C>>> history, SagaState<C> state);
  }

  /// @param history the saga's, to the end
  Uni<CommandOutcome<SagaState<C>, SagaEvent<C>>> answer(List<Recorded<SagaEvent<C>>> history) {
    SagaInstance<C> instance = streams.folded(history);
    EventMetadata first = instance.first();
    if (first == null || !first.tenant().equals(context.tenant())) {
      return Uni.createFrom().item(new Rejected<>(OperatorRejection.SAGA_NOT_FOUND));
    }
    List<Recorded<SagaEvent<C>>> before =
        history.stream().filter(event -> isOfThisCommand(event.envelope())).toList();
    if (!before.isEmpty()) {
      return Uni.createFrom().item(again(before, instance.state()));
    }
    Long expected = context.expectedRevision();
    if (expected != null && expected != instance.revision()) {
      return Uni.createFrom().failure(new ConcurrencyConflict(streams.stream(sagaId), expected));
    }
    return switch (rule.decide(history, instance.state())) {
      case Decision.Rejected<SagaEvent<C>>(var reason) ->
          Uni.createFrom().item(new Rejected<>(reason));
      case Decision.Accepted<SagaEvent<C>>(var events) -> append(instance, first, events);
    };
  }

  private boolean isOfThisCommand(RecordedEvent event) {
    return event.metadata().commandId().equals(context.commandId());
  }

  private CommandOutcome<SagaState<C>, SagaEvent<C>> again(
      List<Recorded<SagaEvent<C>>> before, SagaState<C> state) {
    RecordedEvent last = before.getLast().envelope();
    return last.metadata().requestHash().equals(context.requestHash())
        ? new Accepted<>(
            last.stream(),
            last.revision(),
            last.position(),
            before.stream().map(Recorded::event).toList(),
            state,
            true)
        : new Rejected<>(CommandRejection.COMMAND_ID_REUSED);
  }

  /// Owner and job stay those of the saga: the operator is named in the event itself.
  private Uni<CommandOutcome<SagaState<C>, SagaEvent<C>>> append(
      SagaInstance<C> instance, EventMetadata first, List<SagaEvent<C>> events) {
    EventMetadata metadata =
        new EventMetadata(
            first.correlationId(),
            context.causationId(),
            context.commandId(),
            context.requestHash(),
            first.actor(),
            first.tenant(),
            sagaId,
            context.traceparent(),
            instance.triggerPosition());
    return streams
        .append(sagaId, instance, context.commandId(), events, metadata)
        .map(written ->
            new Accepted<>(
                streams.stream(sagaId),
                written.saga().revision(),
                written.position(),
                events,
                written.saga().state(),
                false));
  }
}
