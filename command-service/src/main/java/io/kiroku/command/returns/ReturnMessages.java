package io.kiroku.command.returns;

import com.google.protobuf.Message;
import io.kiroku.command.call.ProtoTime;
import io.kiroku.command.publisher.Published;
import io.kiroku.command.publisher.Topics;
import io.kiroku.eventstore.Recorded;
import io.kiroku.proto.returns.v1.ReturnCompleted;
import io.kiroku.proto.returns.v1.ReturnEvent;
import io.kiroku.proto.returns.v1.ReturnRefused;
import io.kiroku.proto.returns.v1.ReturnStarted;
import io.kiroku.proto.returns.v1.ReturnStepCompleted;
import io.kiroku.proto.returns.v1.ReturnStuck;
import io.kiroku.returns.OrderReturn;
import io.kiroku.returns.ReturnCommand;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.SagaEvent;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What the world is told of an order's return.
final class ReturnMessages {
  private ReturnMessages() {}

  /// @param token shows the order as the return left it; for its last event, else unused
  static Optional<Published> of(Recorded<SagaEvent<ReturnCommand>> recorded, String token) {
    return switch (recorded.event()) {
      case SagaEvent.SagaStarted<ReturnCommand> e -> {
        var names = e.plan().stream().map(PlannedStep::step).toList();
        var content = ReturnStarted.newBuilder().addAllSteps(names).build();
        yield published(recorded, content, envelope -> envelope.setStarted(content));
      }
      case SagaEvent.StepCompleted<ReturnCommand> e -> {
        var content = ReturnStepCompleted.newBuilder().setStep(e.step()).build();
        yield published(recorded, content, envelope -> envelope.setStepCompleted(content));
      }
      case SagaEvent.SagaCompleted<ReturnCommand> _ -> {
        var content = ReturnCompleted.newBuilder().setConsistencyToken(token).build();
        yield published(recorded, content, envelope -> envelope.setCompleted(content));
      }
      case SagaEvent.SagaCompensated<ReturnCommand> e -> {
        var content =
            ReturnRefused.newBuilder()
                .setCode(OrderReturn.refusal(e.code()))
                .setConsistencyToken(token)
                .build();
        yield published(recorded, content, envelope -> envelope.setRefused(content));
      }
      case SagaEvent.SagaStuck<ReturnCommand> e -> {
        var content = ReturnStuck.newBuilder().setStep(e.step()).setCode(e.code()).build();
        yield published(recorded, content, envelope -> envelope.setStuck(content));
      }
      // Attempts, the way back and book-keeping: what comes of them is told.
      case SagaEvent.StepRequested<ReturnCommand> _,
          SagaEvent.StepPartCompleted<ReturnCommand> _,
          SagaEvent.StepFailed<ReturnCommand> _,
          SagaEvent.StepTimedOut<ReturnCommand> _,
          SagaEvent.RetryScheduled<ReturnCommand> _ ->
          Optional.empty();
      case SagaEvent.CompensationRequested<ReturnCommand> _,
          SagaEvent.CompensationCompleted<ReturnCommand> _,
          SagaEvent.CompensationFailed<ReturnCommand> _,
          SagaEvent.OperatorIntervened<ReturnCommand> _ ->
          Optional.empty();
    };
  }

  private static Optional<Published> published(
      Recorded<SagaEvent<ReturnCommand>> recorded,
      Message content,
      UnaryOperator<ReturnEvent.Builder> filled) {
    SagaEvent<ReturnCommand> event = recorded.event();
    var envelope =
        ReturnEvent.newBuilder()
            .setOrderId(event.sagaId())
            .setUserId(recorded.envelope().metadata().actor())
            .setOccurredAt(ProtoTime.timestamp(event.at()));
    return Optional.of(
        Published.of(
            Topics.RETURNS_EVENTS, event.sagaId(), content, filled.apply(envelope).build()));
  }
}
