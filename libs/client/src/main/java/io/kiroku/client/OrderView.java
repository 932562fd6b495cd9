package io.kiroku.client;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An order as the query side shows it.
public record OrderView(
    String orderId,
    String status,
    @Nullable String reason,
    List<Line> lines,
    long totalMinorUnits,
    String currency,
    @Nullable Fulfillment fulfillment,
    @Nullable Payment payment,
    @Nullable Shipment shipment,
    long revision) {
  private static final Set<String> SOLD =
      Set.of("CONFIRMED", "SHIPPED", "DELIVERED", "RETURN_REQUESTED", "RETURN_REFUSED");

  /// What the customer paid, whether or not it was given back; 0 if nothing was captured.
  public long capturedMinorUnits() {
    return payment == null ? 0 : payment.capturedMinorUnits();
  }

  public long refundedMinorUnits() {
    return payment == null ? 0 : payment.refundedMinorUnits();
  }

  /// Whether the customer has, or will have, what he paid for.
  public boolean isSold() {
    return SOLD.contains(status);
  }

  public record Line(String productId, String name, int quantity, long unitPriceMinorUnits) {}

  public record Fulfillment(String status, @Nullable String code) {}

  public record Payment(
      String status, long capturedMinorUnits, long refundedMinorUnits, @Nullable String code) {}

  public record Shipment(String status, @Nullable String code) {}
}
