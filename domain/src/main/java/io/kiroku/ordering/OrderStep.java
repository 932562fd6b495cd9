package io.kiroku.ordering;

/// What a process can ask of an order.
public enum OrderStep {
  CONFIRM,
  CANCEL,
  COMPLETE_RETURN,
  REFUSE_RETURN
}
