package io.kiroku.command.saga;

import io.kiroku.decider.Decision;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.StateCache;
import io.kiroku.saga.OperatorRejection;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaState;
import io.kiroku.saga.SagaTrigger.Intervention;
import io.kiroku.saga.StepCommand;
import io.kiroku.service.tracing.Traces;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Lets sagas of one kind hear triggers: decides and appends what follows, once.
///
/// The runner asks for each saga one thing at a time, operators ask at any time and on any
/// instance. Nothing but the store keeps them apart: whoever decided on a state that is not the
/// last any more fails to append, reads again and decides afresh. That nothing follows from a
/// trigger is only believed on a state that was read after it was heard, since somebody else may
/// have moved the saga on.
public final class SagaDecisions<C extends StepCommand> {
  private static final Logger LOG = Logger.getLogger(SagaDecisions.class);
  private static final int CONFLICT_RETRIES_MAX = 10;
  private static final int SAGAS_CACHED_MAX = 20_000;

  private final SagaDefinition<C> definition;
  private final SagaStreams<C> streams;
  private volatile StateCache<String, SagaInstance<C>> cache = new StateCache<>(SAGAS_CACHED_MAX);

  SagaDecisions(SagaDefinition<C> definition, EventStore store) {
    this.definition = definition;
    this.streams = new SagaStreams<>(definition, store);
  }

  public SagaDefinition<C> definition() {
    return definition;
  }

  public SagaKey key(String sagaId) {
    return new SagaKey(definition.category(), sagaId);
  }

  /// Completes when what follows from the trigger is in the log. Fails with whatever the rules or
  /// the codec throw: then nothing was appended.
  Uni<Void> hear(Heard<C> heard) {
    return Uni.createFrom()
        .deferred(() -> answer(heard))
        .onFailure(ConcurrencyConflict.class)
        .invoke(() -> cache.remove(heard.sagaId()))
        .onFailure(ConcurrencyConflict.class)
        .retry()
        .atMost(CONFLICT_RETRIES_MAX);
  }

  private Uni<Void> answer(Heard<C> heard) {
    SagaInstance<C> cached = cache.get(heard.sagaId());
    if (cached == null) {
      return streams
          .read(heard.sagaId())
          .map(story -> streams.folded(story))
          .flatMap(read -> answer(heard, read, true));
    }
    return answer(heard, cached, false);
  }

  /// @param fresh whether the instance was read just now
  private Uni<Void> answer(Heard<C> heard, SagaInstance<C> instance, boolean fresh) {
    if (fresh) {
      cache.put(heard.sagaId(), instance, 1);
    }
    if (heard.isOldNewsTo(instance)) {
      return Uni.createFrom().voidItem();
    }
    List<SagaEvent<C>> events = definition.rules().decide(heard.trigger(), instance.state());
    if (events.isEmpty()) {
      return fresh
          ? Uni.createFrom().voidItem()
          : streams.further(heard.sagaId(), instance).flatMap(now -> answer(heard, now, true));
    }
    return metadata(heard, instance)
        .map(metadata -> append(heard, instance, events, metadata))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Uni<Void> append(
      Heard<C> heard, SagaInstance<C> instance, List<SagaEvent<C>> events, EventMetadata metadata) {
    return streams
        .append(heard.sagaId(), instance, heard.id(), events, metadata)
        .invoke(written -> {
          cache.put(heard.sagaId(), written.saga(), 1);
          log(
              heard.sagaId(),
              heard.trigger().getClass().getSimpleName(),
              events,
              metadata.traceparent());
        })
        .replaceWithVoid();
  }

  /// Tenant, owner and job are those of the saga's beginning, whoever the trigger came from. Empty
  /// for a timer of a saga that was never started.
  private Optional<EventMetadata> metadata(Heard<C> heard, SagaInstance<C> instance) {
    EventMetadata ofTrigger = heard.metadata();
    EventMetadata origin = instance.first() != null ? instance.first() : ofTrigger;
    if (origin == null) {
      return Optional.empty();
    }
    return Optional.of(
        new EventMetadata(
            origin.correlationId(),
            heard.id(),
            heard.id(),
            "",
            origin.actor(),
            origin.tenant(),
            heard.sagaId(),
            ofTrigger == null ? origin.traceparent() : ofTrigger.traceparent(),
            heard.origin() == null ? instance.triggerPosition() : heard.origin().position()));
  }

  /// Lets an operator act on a saga; a saga of another tenant is as good as none. Safe on any
  /// instance while another one leads: what is appended keeps the saga's trigger position, so it
  /// makes no old news of any trigger that the leader has not come to yet.
  ///
  /// Fails with [ConcurrencyConflict] if the saga is not where the caller expects it.
  public Uni<CommandOutcome<SagaState<C>, SagaEvent<C>>> intervene(
      String sagaId, Intervention<C> order, CommandContext context) {
    return ordered(
        sagaId,
        order.actor() + " " + order.action(),
        (_, state) -> definition.rules().intervene(order, state),
        context);
  }

  /// Records that a command is going to be sent again; refuses if the saga does not wait for it.
  /// Otherwise as [#intervene].
  ///
  /// @param revision of the saga's event that asked for the command
  public Uni<CommandOutcome<SagaState<C>, SagaEvent<C>>> redrive(
      long revision, RedriveOrder order, CommandContext context) {
    return ordered(
        order.sagaId(),
        context.actor() + " REDRIVE",
        (history, state) ->
            RequestedStep.at(history, revision)
                .map(asked -> definition.rules().redrive(order.of(asked, context.actor()), state))
                .orElseGet(() -> Decision.reject(OperatorRejection.SAGA_STEP_NOT_FOUND)),
        context);
  }

  /// Whether a saga still waits for what its event of some revision asked for. Read once: what it
  /// says is of this moment.
  public Uni<LongPredicate> waitsFor(String sagaId) {
    return streams
        .read(sagaId)
        .map(history -> {
          SagaState<C> state = streams.folded(history).state();
          return revision ->
              RequestedStep.at(history, revision)
                  .filter(asked -> definition.rules().waitsFor(asked.step(), asked.phase(), state))
                  .isPresent();
        });
  }

  private Uni<CommandOutcome<SagaState<C>, SagaEvent<C>>> ordered(
      String sagaId, String what, InterventionRun.Rule<C> rule, CommandContext context) {
    return Uni.createFrom()
        .deferred(() -> streams.read(sagaId))
        .flatMap(story -> new InterventionRun<>(streams, sagaId, rule, context).answer(story))
        .onFailure(ConcurrencyConflict.class)
        .retry()
        .atMost(context.expectedRevision() == null ? CONFLICT_RETRIES_MAX : 1)
        .invoke(outcome -> {
          cache.remove(sagaId);
          if (outcome instanceof CommandOutcome.Accepted<SagaState<C>, SagaEvent<C>> done) {
            log(sagaId, what, done.events(), context.traceparent());
          }
        });
  }

  /// Everything about one saga; empty if there is none, or if it is another tenant's.
  public Uni<Optional<SagaStory<C>>> story(String tenant, String sagaId) {
    return streams
        .read(sagaId)
        .map(history ->
            history.isEmpty() || !tenantOf(history).equals(tenant)
                ? Optional.empty()
                : Optional.of(new SagaStory<>(streams.folded(history).state(), history)));
  }

  private static String tenantOf(List<? extends Recorded<?>> history) {
    return history.getFirst().envelope().metadata().tenant();
  }

  private void log(
      String sagaId, String cause, List<SagaEvent<C>> events, @Nullable String traceparent) {
    if (LOG.isInfoEnabled()) {
      Traces.within(
          traceparent,
          "saga " + definition.name(),
          () ->
              LOG.infof(
                  "saga %s: %s -> %s",
                  key(sagaId), cause, events.stream().map(definition.codec()::typeOf).toList()));
    }
  }

  void forgetAll() {
    cache = new StateCache<>(SAGAS_CACHED_MAX);
  }
}
