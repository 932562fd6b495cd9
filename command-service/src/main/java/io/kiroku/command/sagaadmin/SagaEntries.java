package io.kiroku.command.sagaadmin;

import static io.kiroku.command.call.ProtoTime.timestamp;

import io.kiroku.command.saga.SagaDefinition;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.proto.saga.v1.SagaHistoryEntry;
import io.kiroku.saga.SagaCodes;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.StepCommand;

/// Events of sagas as operators read them.
final class SagaEntries {
  private SagaEntries() {}

  static <C extends StepCommand> SagaHistoryEntry of(
      SagaDefinition<C> kind, Recorded<SagaEvent<C>> recorded) {
    RecordedEvent envelope = recorded.envelope();
    SagaHistoryEntry.Builder entry =
        SagaHistoryEntry.newBuilder()
            .setType(kind.codec().typeOf(recorded.event()))
            .setRevision(envelope.revision())
            .setPosition(envelope.position())
            .setRecordedAt(timestamp(envelope.recordedAt()))
            .setActor(envelope.metadata().actor());
    Long heard = envelope.metadata().triggerPosition();
    if (heard != null) {
      entry.setTriggerPosition(heard);
    }
    return filled(entry, recorded.event()).build();
  }

  private static SagaHistoryEntry.Builder filled(
      SagaHistoryEntry.Builder entry, SagaEvent<?> event) {
    return switch (event) {
      case SagaEvent.SagaStarted<?> e -> entry.setDueAt(timestamp(e.deadline()));
      case SagaEvent.StepRequested<?> e ->
          entry.setStep(e.step()).setAttempt(e.attempt()).setDueAt(timestamp(e.deadline()));
      case SagaEvent.StepPartCompleted<?> e ->
          entry.setStep(e.step()).setPhase(e.phase().name()).setPart(e.part());
      case SagaEvent.StepCompleted<?> e -> entry.setStep(e.step()).setAttempt(e.attempt());
      case SagaEvent.StepFailed<?> e ->
          entry.setStep(e.step()).setAttempt(e.attempt()).setCode(e.code());
      case SagaEvent.StepTimedOut<?> e ->
          entry.setStep(e.step()).setAttempt(e.attempt()).setCode(SagaCodes.STEP_TIMED_OUT);
      case SagaEvent.RetryScheduled<?> e ->
          entry
              .setStep(e.step())
              .setPhase(e.phase().name())
              .setAttempt(e.attempt())
              .setDueAt(timestamp(e.dueAt()));
      case SagaEvent.CompensationRequested<?> e ->
          entry
              .setStep(e.step())
              .setAttempt(e.attempt())
              .setCode(e.code())
              .setDueAt(timestamp(e.deadline()));
      case SagaEvent.CompensationCompleted<?> e -> entry.setStep(e.step()).setAttempt(e.attempt());
      case SagaEvent.CompensationFailed<?> e ->
          entry.setStep(e.step()).setAttempt(e.attempt()).setCode(e.code());
      case SagaEvent.SagaCompleted<?> _ -> entry;
      case SagaEvent.SagaCompensated<?> e -> entry.setStep(e.failedStep()).setCode(e.code());
      case SagaEvent.SagaStuck<?> e ->
          entry.setStep(e.step()).setPhase(e.phase().name()).setCode(e.code());
      case SagaEvent.OperatorIntervened<?> e ->
          entry
              .setStep(e.step())
              .setPhase(e.phase().name())
              .setAction(e.action())
              .setActor(e.actor())
              .setReason(e.reason());
    };
  }
}
