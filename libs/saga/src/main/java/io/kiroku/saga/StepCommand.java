package io.kiroku.saga;

/// A command that a step sends; a step is done when each of its commands was answered.
public interface StepCommand {
  /// Which part of the step it does, unique within the step (the product id of an order line, say).
  String part();
}
