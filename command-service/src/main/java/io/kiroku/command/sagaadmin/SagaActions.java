package io.kiroku.command.sagaadmin;

import io.kiroku.command.call.CommandCall;
import io.kiroku.command.saga.SagaDecisions;
import io.kiroku.command.saga.SagaRegistry;
import io.kiroku.fulfillment.OrderFulfillment;
import io.kiroku.saga.OperatorRejection;
import io.kiroku.saga.SagaTrigger.Intervention;
import io.kiroku.saga.StepCommand;
import io.kiroku.service.error.Errors;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Carries operators' orders to the sagas, whatever their kind.
@Singleton
class SagaActions {
  private final SagaRegistry sagas;
  private final Clock clock;

  SagaActions(SagaRegistry sagas, Clock clock) {
    this.sagas = sagas;
    this.clock = clock;
  }

  /// The sagas of a process. Fails with `SAGA_NOT_FOUND` if nobody knows it.
  ///
  /// @param name empty for the order-fulfillment
  SagaDecisions<?> kind(String name) {
    return sagas
        .named(name.isEmpty() ? OrderFulfillment.NAME : name)
        .orElseThrow(() -> Errors.rejected(OperatorRejection.SAGA_NOT_FOUND));
  }

  /// The revision of the saga's stream afterwards.
  Uni<Long> act(CommandCall call, SagaOrder order) {
    return act(kind(order.saga()), call, order);
  }

  private <C extends StepCommand> Uni<Long> act(
      SagaDecisions<C> kind, CommandCall call, SagaOrder order) {
    Intervention<C> intervention =
        new Intervention<>(
            order.action(), order.step(), call.caller().userId(), order.reason(), clock.instant());
    return kind.intervene(order.sagaId(), intervention, call.context(order.expectedRevision()))
        .map(outcome -> call.answer(outcome, (accepted, _) -> accepted.revision()));
  }
}
