package io.kiroku.query.saga;

import static io.kiroku.saga.SagaTrigger.Phase.COMPENSATION;
import static io.kiroku.saga.SagaTrigger.Phase.FORWARD;

import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Change;
import io.kiroku.query.running.Part;
import io.kiroku.query.saga.SagaStepRun.Failure;
import io.kiroku.saga.SagaCodes;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaEvent.CompensationCompleted;
import io.kiroku.saga.SagaEvent.CompensationFailed;
import io.kiroku.saga.SagaEvent.CompensationRequested;
import io.kiroku.saga.SagaEvent.OperatorIntervened;
import io.kiroku.saga.SagaEvent.RetryScheduled;
import io.kiroku.saga.SagaEvent.SagaCompensated;
import io.kiroku.saga.SagaEvent.SagaCompleted;
import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.saga.SagaEvent.SagaStuck;
import io.kiroku.saga.SagaEvent.StepCompleted;
import io.kiroku.saga.SagaEvent.StepFailed;
import io.kiroku.saga.SagaEvent.StepPartCompleted;
import io.kiroku.saga.SagaEvent.StepRequested;
import io.kiroku.saga.SagaEvent.StepTimedOut;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.StepCommand;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The sagas of one kind. Every saga has a document of its own, whose key is the name of its
/// stream: sagas of two kinds may have the same id.
final class SagaContribution<C extends StepCommand> extends Part<SagaDocument, SagaEvent<C>> {
  static final String FIELD = "saga";

  SagaContribution(String category, EventTypes types) {
    super(FIELD, category, SagaDocument.class, types);
  }

  @Override
  public String key(StreamId stream) {
    return stream.value();
  }

  @Override
  public Optional<StreamId> stream(String key) {
    return Optional.of(new StreamId(key)).filter(stream -> stream.category().equals(category()));
  }

  @Override
  public Change<SagaDocument> apply(
      @Nullable SagaDocument document, Recorded<SagaEvent<C>> recorded) {
    SagaEvent<C> event = recorded.event();
    if (event instanceof SagaStarted<C> started) {
      String tenant = recorded.envelope().metadata().tenant();
      return Change.upsert(SagaDocument.started(started, tenant));
    }
    SagaDocument saga = Objects.requireNonNull(document, "A saga's first event starts it");
    return Change.upsert(after(saga, event).updated(event.at()));
  }

  private static <C extends StepCommand> SagaDocument after(SagaDocument saga, SagaEvent<C> event) {
    return switch (event) {
      case SagaStarted<C> _ -> saga;
      case StepRequested<C> e ->
          saga.in(SagaDocument.RUNNING)
              .at(e.step(), e.attempt())
              .with(e.step(), FORWARD, it -> it.requested(e.attempt(), e.at(), e.deadline()));
      case StepPartCompleted<C> e -> saga.with(e.step(), e.phase(), SagaStepRun::partCompleted);
      case StepCompleted<C> e -> saga.with(e.step(), FORWARD, it -> it.completed(e.at()));
      case StepFailed<C> e ->
          failed(
              saga, e.step(), FORWARD, new Failure(e.attempt(), e.code(), e.retryable(), e.at()));
      case StepTimedOut<C> e ->
          failed(
              saga,
              e.step(),
              FORWARD,
              new Failure(e.attempt(), SagaCodes.STEP_TIMED_OUT, true, e.at()));
      case RetryScheduled<C> e -> saga.with(e.step(), e.phase(), it -> it.retryingAt(e.dueAt()));
      case CompensationRequested<C> e ->
          saga.in(SagaDocument.COMPENSATING)
              .at(e.step(), e.attempt())
              .because(e.code())
              .turnedBackAt(e.failedStep())
              .stopped()
              .with(e.step(), COMPENSATION, it -> it.requested(e.attempt(), e.at(), e.deadline()));
      case CompensationCompleted<C> e ->
          saga.with(e.step(), COMPENSATION, it -> it.completed(e.at()));
      case CompensationFailed<C> e ->
          failed(saga, e.step(), COMPENSATION, new Failure(e.attempt(), e.code(), true, e.at()));
      case SagaCompleted<C> e -> saga.in(SagaDocument.COMPLETED).because("").ended(e.at());
      case SagaCompensated<C> e ->
          saga.in(SagaDocument.COMPENSATED)
              .at(e.failedStep(), saga.attempt())
              .because(e.code())
              .turnedBackAt(e.failedStep())
              .stopped()
              .ended(e.at());
      case SagaStuck<C> e ->
          saga.in(SagaDocument.STUCK).at(e.step(), saga.attempt()).because(e.code()).stopped();
      case OperatorIntervened<C> e when e.redrives() -> saga;
      case OperatorIntervened<C> e -> saga.in(way(e.phase())).at(e.step(), saga.attempt());
    };
  }

  private static SagaDocument failed(SagaDocument saga, String step, Phase phase, Failure failure) {
    return saga.at(step, failure.attempt())
        .because(failure.code())
        .with(step, phase, it -> it.failed(failure));
  }

  private static String way(Phase phase) {
    return switch (phase) {
      case FORWARD -> SagaDocument.RUNNING;
      case COMPENSATION -> SagaDocument.COMPENSATING;
    };
  }
}
