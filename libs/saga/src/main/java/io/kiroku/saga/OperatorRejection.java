package io.kiroku.saga;

import io.kiroku.decider.Rejection;

/// Why a saga refuses an operator.
public enum OperatorRejection implements Rejection {
  SAGA_NOT_FOUND(Kind.NOT_FOUND, "There is no saga under this id."),
  SAGA_STEP_NOT_FOUND(Kind.NOT_FOUND, "The saga has no step of that name."),
  SAGA_AT_ANOTHER_STEP(Kind.FORBIDDEN_BY_STATE, "The saga is stuck in another step."),
  SAGA_NOT_STUCK(Kind.FORBIDDEN_BY_STATE, "The saga is on its way and needs nobody."),
  SAGA_ENDED(Kind.FORBIDDEN_BY_STATE, "The saga has ended."),
  SAGA_NOT_COMPENSATING(Kind.FORBIDDEN_BY_STATE, "The saga is not stuck on its way back."),
  SAGA_ALREADY_COMPENSATING(Kind.FORBIDDEN_BY_STATE, "The saga is on its way back already."),
  SAGA_PAST_PIVOT(Kind.FORBIDDEN_BY_STATE, "After its pivot the saga only goes forward.");

  private final Kind kind;
  private final String detail;

  OperatorRejection(Kind kind, String detail) {
    this.kind = kind;
    this.detail = detail;
  }

  @Override
  public String code() {
    return name();
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String detail() {
    return detail;
  }
}
