package io.kiroku.command.fulfillment;

import com.google.protobuf.Message;
import io.kiroku.command.call.ProtoTime;
import io.kiroku.command.publisher.Published;
import io.kiroku.command.publisher.Topics;
import io.kiroku.eventstore.Recorded;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.proto.fulfillment.v1.FulfillmentCompensated;
import io.kiroku.proto.fulfillment.v1.FulfillmentCompensationCompleted;
import io.kiroku.proto.fulfillment.v1.FulfillmentCompensationRequested;
import io.kiroku.proto.fulfillment.v1.FulfillmentCompleted;
import io.kiroku.proto.fulfillment.v1.FulfillmentEvent;
import io.kiroku.proto.fulfillment.v1.FulfillmentStarted;
import io.kiroku.proto.fulfillment.v1.FulfillmentStepCompleted;
import io.kiroku.proto.fulfillment.v1.FulfillmentStepFailed;
import io.kiroku.proto.fulfillment.v1.FulfillmentStepRequested;
import io.kiroku.proto.fulfillment.v1.FulfillmentStuck;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.SagaCodes;
import io.kiroku.saga.SagaEvent;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What the owner of an order is told of its fulfillment.
final class FulfillmentMessages {
  private FulfillmentMessages() {}

  /// @param token shows the order as the fulfillment left it; for its last event, else unused
  static Optional<Published> of(Recorded<SagaEvent<FulfillmentCommand>> recorded, String token) {
    return switch (recorded.event()) {
      case SagaEvent.SagaStarted<FulfillmentCommand> e -> {
        var names = e.plan().stream().map(PlannedStep::step).toList();
        var content = FulfillmentStarted.newBuilder().addAllSteps(names).build();
        yield published(recorded, content, envelope -> envelope.setStarted(content));
      }
      case SagaEvent.StepRequested<FulfillmentCommand> e -> {
        var content =
            FulfillmentStepRequested.newBuilder().setStep(e.step()).setAttempt(e.attempt()).build();
        yield published(recorded, content, envelope -> envelope.setStepRequested(content));
      }
      case SagaEvent.StepCompleted<FulfillmentCommand> e -> {
        var content = FulfillmentStepCompleted.newBuilder().setStep(e.step()).build();
        yield published(recorded, content, envelope -> envelope.setStepCompleted(content));
      }
      case SagaEvent.StepFailed<FulfillmentCommand> e ->
          failed(recorded, e.step(), e.attempt(), e.code(), e.retryable());
      case SagaEvent.StepTimedOut<FulfillmentCommand> e ->
          failed(recorded, e.step(), e.attempt(), SagaCodes.STEP_TIMED_OUT, true);
      case SagaEvent.CompensationRequested<FulfillmentCommand> e -> {
        var content =
            FulfillmentCompensationRequested.newBuilder()
                .setStep(e.step())
                .setAttempt(e.attempt())
                .setCode(e.code())
                .build();
        yield published(recorded, content, envelope -> envelope.setCompensationRequested(content));
      }
      case SagaEvent.CompensationCompleted<FulfillmentCommand> e -> {
        var content = FulfillmentCompensationCompleted.newBuilder().setStep(e.step()).build();
        yield published(recorded, content, envelope -> envelope.setCompensationCompleted(content));
      }
      case SagaEvent.SagaCompleted<FulfillmentCommand> _ -> {
        var content = FulfillmentCompleted.newBuilder().setConsistencyToken(token).build();
        yield published(recorded, content, envelope -> envelope.setCompleted(content));
      }
      case SagaEvent.SagaCompensated<FulfillmentCommand> e -> {
        var content =
            FulfillmentCompensated.newBuilder()
                .setFailedStep(e.failedStep())
                .setCode(e.code())
                .setConsistencyToken(token)
                .build();
        yield published(recorded, content, envelope -> envelope.setCompensated(content));
      }
      case SagaEvent.SagaStuck<FulfillmentCommand> e -> {
        var content = FulfillmentStuck.newBuilder().setStep(e.step()).setCode(e.code()).build();
        yield published(recorded, content, envelope -> envelope.setStuck(content));
      }
      // Inner book-keeping, or an operator's doing: the steps that follow tell what matters.
      case SagaEvent.StepPartCompleted<FulfillmentCommand> _,
          SagaEvent.RetryScheduled<FulfillmentCommand> _,
          SagaEvent.CompensationFailed<FulfillmentCommand> _,
          SagaEvent.OperatorIntervened<FulfillmentCommand> _ ->
          Optional.empty();
    };
  }

  private static Optional<Published> failed(
      Recorded<SagaEvent<FulfillmentCommand>> recorded,
      String step,
      int attempt,
      String code,
      boolean retryable) {
    var content =
        FulfillmentStepFailed.newBuilder()
            .setStep(step)
            .setAttempt(attempt)
            .setCode(code)
            .setRetryable(retryable)
            .build();
    return published(recorded, content, envelope -> envelope.setStepFailed(content));
  }

  private static Optional<Published> published(
      Recorded<SagaEvent<FulfillmentCommand>> recorded,
      Message content,
      UnaryOperator<FulfillmentEvent.Builder> filled) {
    var metadata = recorded.envelope().metadata();
    var envelope =
        FulfillmentEvent.newBuilder()
            .setOrderId(recorded.event().sagaId())
            .setJobId(metadata.correlationId().toString())
            .setUserId(metadata.actor())
            .setOccurredAt(ProtoTime.timestamp(recorded.event().at()));
    return Optional.of(
        Published.of(
            Topics.FULFILLMENT_EVENTS,
            recorded.event().sagaId(),
            content,
            filled.apply(envelope).build()));
  }
}
