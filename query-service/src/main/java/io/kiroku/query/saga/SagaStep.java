package io.kiroku.query.saga;

import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.SagaTrigger.Phase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// @param compensation null if there is nothing to undo
@RegisterForReflection
record SagaStep(String step, SagaStepRun forward, @Nullable SagaStepRun compensation) {
  static SagaStep of(PlannedStep<?> planned) {
    int undone = planned.compensations().size();
    return new SagaStep(
        planned.step(),
        SagaStepRun.of(planned.commands().size()),
        undone == 0 ? null : SagaStepRun.of(undone));
  }

  SagaStep with(Phase phase, UnaryOperator<SagaStepRun> change) {
    return switch (phase) {
      case FORWARD -> new SagaStep(step, change.apply(forward), compensation);
      case COMPENSATION ->
          new SagaStep(step, forward, compensation == null ? null : change.apply(compensation));
    };
  }

  SagaStep stopped() {
    return with(Phase.FORWARD, SagaStepRun::stopped);
  }

  boolean leftToUndo() {
    return compensation != null && !compensation.done();
  }
}
