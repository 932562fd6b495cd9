package io.kiroku.gateway.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kiroku.gateway.wire.Wire;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A running or ended process.
///
/// @param saga name of the process: `order-fulfillment`
/// @param step where it is, or stopped
/// @param code of the failure, if there was one
@JsonInclude(JsonInclude.Include.NON_NULL)
record Saga(
    String sagaId,
    String saga,
    String status,
    @Nullable String step,
    int attempt,
    @Nullable String code,
    @Nullable Instant startedAt,
    @Nullable Instant updatedAt,
    long revision) {
  static Saga of(io.kiroku.proto.saga.v1.Saga saga) {
    return new Saga(
        saga.getSagaId(),
        saga.getSaga(),
        saga.getStatus(),
        Wire.text(saga.getStep()),
        saga.getAttempt(),
        Wire.text(saga.getCode()),
        Wire.instant(saga.getStartedAt()),
        Wire.instant(saga.getUpdatedAt()),
        saga.getRevision());
  }
}
