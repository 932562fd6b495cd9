package io.kiroku.chaos.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Of each product: nothing stays reserved, what orders took is committed, and never was there less
/// than nothing.
record StockCheck(LogFacts log) {
  /// Of one product.
  private static final class Pieces {
    private long available;
    private long reserved;
    private long committed;
    private boolean wasNegative;

    private void apply(LoggedEvent event) {
      long quantity = event.number("quantity");
      switch (event.type()) {
        case "stock-received.v1" -> available += quantity;
        case "stock-adjusted.v1" -> available += event.number("delta");
        case "stock-reserved.v1" -> move(-quantity, quantity, 0);
        case "stock-released.v1", "stock-reservation-expired.v1" -> move(quantity, -quantity, 0);
        case "stock-committed.v1" -> move(0, -quantity, quantity);
        case "stock-returned.v1" -> move(quantity, 0, -quantity);
        default -> {}
      }
      wasNegative |= available < 0 || reserved < 0 || committed < 0;
    }

    private void move(long toAvailable, long toReserved, long toCommitted) {
      available += toAvailable;
      reserved += toReserved;
      committed += toCommitted;
    }
  }

  Verdict run() {
    Map<String, Pieces> products = new TreeMap<>();
    for (LoggedEvent event : log.events()) {
      if (event.category().equals("stock")) {
        products.computeIfAbsent(event.subject(), _ -> new Pieces()).apply(event);
      }
    }
    Map<String, Long> sold = sold();
    List<String> findings = new ArrayList<>();
    products.forEach((product, pieces) -> {
      long due = sold.getOrDefault(product, 0L);
      if (pieces.reserved != 0 || pieces.committed != due || pieces.wasNegative) {
        findings.add(
            "product %s: %d reserved, %d committed, orders took %d%s"
                .formatted(
                    product,
                    pieces.reserved,
                    pieces.committed,
                    due,
                    pieces.wasNegative ? ", was negative" : ""));
      }
    });
    long pieces = sold.values().stream().mapToLong(Long::longValue).sum();
    return new Verdict(
        "stock is conserved",
        "%d pieces of %d products sold".formatted(pieces, products.size()),
        findings);
  }

  private Map<String, Long> sold() {
    Map<String, Long> sold = new HashMap<>();
    for (LoggedEvent event : log.events()) {
      if (event.is("order-placed") && log.isSold(event.subject())) {
        event
            .data()
            .path("lines")
            .forEach(line ->
                sold.merge(
                    line.path("productId").asText(), line.path("quantity").asLong(), Long::sum));
      }
    }
    return sold;
  }
}
