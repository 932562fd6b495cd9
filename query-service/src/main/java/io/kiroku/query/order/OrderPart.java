package io.kiroku.query.order;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/// What the order's own stream tells. No address: personal data stay in the log.
///
/// @param position of the first event in the log; the newest order has the highest
/// @param reason empty unless cancelled
@RegisterForReflection
record OrderPart(
    String orderId,
    String tenant,
    String userId,
    String jobId,
    String status,
    String reason,
    List<Line> lines,
    long totalMinorUnits,
    String currency,
    Instant placedAt,
    long position) {
  static final String PLACED = "PLACED";
  static final String CONFIRMED = "CONFIRMED";
  static final String CANCELLED = "CANCELLED";

  OrderPart {
    lines = List.copyOf(lines);
  }

  @RegisterForReflection
  record Line(String productId, String name, int quantity, long unitPriceMinorUnits) {}

  OrderPart in(String nextStatus, String nextReason) {
    return new OrderPart(
        orderId,
        tenant,
        userId,
        jobId,
        nextStatus,
        nextReason,
        lines,
        totalMinorUnits,
        currency,
        placedAt,
        position);
  }
}
