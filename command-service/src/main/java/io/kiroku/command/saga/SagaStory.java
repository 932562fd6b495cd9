package io.kiroku.command.saga;

import io.kiroku.eventstore.Recorded;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaState;
import io.kiroku.saga.StepCommand;
import java.util.List;

/// Everything that one saga recorded, and where that left it.
public record SagaStory<C extends StepCommand>(
    SagaState<C> state, List<Recorded<SagaEvent<C>>> history) {
  public SagaStory {
    history = List.copyOf(history);
  }
}
