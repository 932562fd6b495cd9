package io.kiroku.command.sagaadmin;

import io.kiroku.command.call.Fields;
import io.kiroku.saga.OperatorAction;
import org.jspecify.annotations.Nullable;

/// What an operator wants of a saga.
///
/// @param saga name of the process; empty for the order-fulfillment
/// @param step empty where none is needed
/// @param reason for a saga completed by hand: what was done
/// @param expectedRevision null if any will do
record SagaOrder(
    OperatorAction action,
    String saga,
    String sagaId,
    String step,
    String reason,
    @Nullable Long expectedRevision) {
  static final int NAME_MOST = 100;
  private static final int REASON_MOST = 500;

  /// Fails with `INVALID_ARGUMENT` for fields that are not as they must be. Whoever only tries
  /// again need not say why.
  void verify() {
    Fields fields =
        new Fields().neededText("saga_id", sagaId, NAME_MOST).text("saga", saga, NAME_MOST);
    if (action != OperatorAction.CANCEL) {
      fields.neededText("step", step, NAME_MOST);
    }
    if (action != OperatorAction.RETRY) {
      fields.check(reasonField(), !reason.isBlank(), "is needed");
    }
    fields.text(reasonField(), reason, REASON_MOST).verify();
  }

  private String reasonField() {
    return action == OperatorAction.COMPLETE_BY_HAND ? "note" : "reason";
  }
}
