package io.kiroku.command.saga;

import io.kiroku.saga.SagaTrigger;
import io.kiroku.saga.StepCommand;

/// A trigger, and the saga that has to hear it.
public record Addressed<C extends StepCommand>(String sagaId, SagaTrigger<C> trigger) {}
