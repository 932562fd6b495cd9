package io.kiroku.job.store;

import java.util.Locale;

/// What a fulfillment did, by the name that job events carry.
public enum JobAction {
  STARTED,
  STEP_REQUESTED,
  STEP_COMPLETED,
  STEP_FAILED,
  COMPENSATION_REQUESTED,
  COMPENSATION_COMPLETED,
  COMPLETED,
  COMPENSATED,
  STUCK;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  public String wireName() {
    return wireName;
  }

  /// Nothing more is expected, though a cancelled order may still come back from [#COMPLETED].
  public boolean isFinal() {
    return this == COMPLETED || this == COMPENSATED || this == STUCK;
  }
}
