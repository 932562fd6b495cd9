package io.kiroku.gateway.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kiroku.gateway.wire.Wire;
import io.kiroku.proto.query.v1.FulfillmentStep;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far an order's fulfillment is.
///
/// @param code of the failure, if there was one
@JsonInclude(JsonInclude.Include.NON_NULL)
record Fulfillment(String status, List<Step> steps, @Nullable String code) {
  static Fulfillment of(io.kiroku.proto.query.v1.Fulfillment fulfillment) {
    return new Fulfillment(
        fulfillment.getStatus(),
        fulfillment.getStepsList().stream().map(Step::of).toList(),
        Wire.text(fulfillment.getCode()));
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Step(
      String step,
      String status,
      int attempts,
      @Nullable Instant requestedAt,
      @Nullable Instant completedAt) {
    static Step of(FulfillmentStep step) {
      return new Step(
          step.getStep(),
          step.getStatus(),
          step.getAttempts(),
          Wire.instant(step.getRequestedAt()),
          Wire.instant(step.getCompletedAt()));
    }
  }
}
