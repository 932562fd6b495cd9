package io.kiroku.query.order;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// @param code of the failure that turned the process back or stopped it; empty if none
@RegisterForReflection
record FulfillmentPart(String status, List<Step> steps, String code) {
  static final FulfillmentPart NONE = new FulfillmentPart("", List.of(), "");

  FulfillmentPart {
    steps = List.copyOf(steps);
  }

  /// @param requestedAt when it was first requested
  @RegisterForReflection
  record Step(
      String step,
      String status,
      int attempts,
      @Nullable Instant requestedAt,
      @Nullable Instant completedAt) {
    Step in(String nextStatus) {
      return new Step(step, nextStatus, attempts, requestedAt, completedAt);
    }

    Step requested(int attempt, Instant at) {
      return new Step(
          step, "REQUESTED", attempt, requestedAt == null ? at : requestedAt, completedAt);
    }

    Step completed(Instant at) {
      return new Step(step, "COMPLETED", attempts, requestedAt, at);
    }
  }

  FulfillmentPart in(String nextStatus, String nextCode) {
    return new FulfillmentPart(nextStatus, steps, nextCode);
  }

  FulfillmentPart with(String name, UnaryOperator<Step> change) {
    return new FulfillmentPart(
        status,
        steps.stream().map(step -> step.step().equals(name) ? change.apply(step) : step).toList(),
        code);
  }
}
