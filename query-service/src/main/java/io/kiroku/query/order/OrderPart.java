package io.kiroku.query.order;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What the order's own stream tells. No address: personal data stay in the log.
///
/// @param position in the log of the event that drafted or placed it; the newest order has the
///   highest
/// @param reason empty unless cancelled, failed or about a return
/// @param lines of a draft without names and prices
/// @param trackingNumber empty until shipped
/// @param placedAtMillis since 1970; stored, so that lists can ask for it
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
    long position,
    String trackingNumber,
    long placedAtMillis) {
  static final String DRAFT = "DRAFT";
  static final String PLACED = "PLACED";
  static final String CONFIRMED = "CONFIRMED";
  static final String SHIPPED = "SHIPPED";
  static final String DELIVERED = "DELIVERED";
  static final String RETURN_REQUESTED = "RETURN_REQUESTED";
  static final String RETURNED = "RETURNED";
  static final String RETURN_REFUSED = "RETURN_REFUSED";
  static final String CANCELLED = "CANCELLED";
  static final String FAILED = "FAILED";

  OrderPart {
    lines = List.copyOf(lines);
  }

  OrderPart(
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
      long position,
      String trackingNumber) {
    this(
        orderId,
        tenant,
        userId,
        jobId,
        status,
        reason,
        lines,
        totalMinorUnits,
        currency,
        placedAt,
        position,
        trackingNumber,
        placedAt.toEpochMilli());
  }

  @RegisterForReflection
  record Line(String productId, String name, int quantity, long unitPriceMinorUnits) {}

  OrderPart in(String nextStatus, String nextReason) {
    return next(nextStatus, nextReason, lines, trackingNumber);
  }

  OrderPart shipped(String number) {
    return next(SHIPPED, "", lines, number);
  }

  /// In the place of the line of the same product, if there is one.
  OrderPart with(String productId, int quantity) {
    Line line = new Line(productId, "", quantity, 0);
    List<Line> nextLines = new ArrayList<>(lines);
    nextLines.replaceAll(old -> old.productId().equals(productId) ? line : old);
    if (!nextLines.contains(line)) {
      nextLines.add(line);
    }
    return next(status, reason, nextLines, trackingNumber);
  }

  OrderPart without(String productId) {
    return next(
        status,
        reason,
        lines.stream().filter(line -> !line.productId().equals(productId)).toList(),
        trackingNumber);
  }

  private OrderPart next(
      String nextStatus, String nextReason, List<Line> nextLines, String nextTrackingNumber) {
    return new OrderPart(
        orderId,
        tenant,
        userId,
        jobId,
        nextStatus,
        nextReason,
        nextLines,
        totalMinorUnits,
        currency,
        placedAt,
        position,
        nextTrackingNumber);
  }
}
