package io.kiroku.saga;

import java.time.Instant;
import java.util.List;

/// What a saga hears. Its time is the time at which the trigger was recorded.
public sealed interface SagaTrigger<C extends StepCommand> {
  Instant at();

  record Start<C extends StepCommand>(String sagaId, List<PlannedStep<C>> plan, Instant at)
      implements SagaTrigger<C> {}

  /// A participant did, or had already done, a part of a step.
  record Succeeded<C extends StepCommand>(String step, Phase phase, String part, Instant at)
      implements SagaTrigger<C> {}

  /// A participant refused a part of a step.
  record Failed<C extends StepCommand>(
      String step, Phase phase, String part, String code, Instant at) implements SagaTrigger<C> {}

  record TimerFired<C extends StepCommand>(String timer, Instant at) implements SagaTrigger<C> {}

  /// The business was ended (an order was cancelled): by somebody outside, or by the compensation
  /// of `step` itself, which nobody can tell from the fact. A saga that goes forward, or has
  /// completed, goes back; for one that is going back that part of its work is done.
  record Abort<C extends StepCommand>(String step, String part, String code, Instant at)
      implements SagaTrigger<C> {}

  /// An operator acts; whether he may, [StepSaga#intervene] says.
  ///
  /// @param step where he saw the saga stuck; not looked at for [OperatorAction#CANCEL]
  /// @param reason why, in his words; for [OperatorAction#COMPLETE_BY_HAND] what was done
  record Intervention<C extends StepCommand>(
      OperatorAction action, String step, String actor, String reason, Instant at)
      implements SagaTrigger<C> {}

  enum Phase {
    FORWARD,
    COMPENSATION
  }
}
