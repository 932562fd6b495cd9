package io.kiroku.client;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Reads everything back through the query side and compares what must agree: money, stock, ends.
public final class ShopAudit {
  private static final List<String> UNENDED = List.of("RUNNING", "COMPENSATING", "STUCK");
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final KirokuClient admin;

  /// @param admin a client that may see every order and saga
  public ShopAudit(KirokuClient admin) {
    this.admin = admin;
  }

  /// @param findings what disagrees, one sentence each; empty if everything agrees
  public record Report(
      int orders,
      long confirmed,
      long capturedMinorUnits,
      long refundedMinorUnits,
      long confirmedMinorUnits,
      int products,
      List<String> findings) {
    public boolean agrees() {
      return findings.isEmpty();
    }
  }

  /// Audits until everything agrees, because read models follow the log a little later; answers the
  /// last report when `patience` is over.
  public Report runUntilAgreed(Duration patience) {
    Instant end = Instant.now().plus(patience);
    Report report = run();
    while (!report.agrees() && Instant.now().isBefore(end)) {
      LockSupport.parkNanos(PAUSE.toNanos());
      report = run();
    }
    return report;
  }

  public Report run() {
    var findings = new ArrayList<String>();
    List<OrderView> orders = admin.orders();
    List<OrderView> confirmed = orders.stream().filter(OrderView::isConfirmed).toList();
    long captured = orders.stream().mapToLong(OrderView::capturedMinorUnits).sum();
    long refunded = orders.stream().mapToLong(OrderView::refundedMinorUnits).sum();
    long due = confirmed.stream().mapToLong(OrderView::totalMinorUnits).sum();
    if (captured - refunded != due) {
      findings.add(
          "money: captured %d - refunded %d, but confirmed orders are worth %d"
              .formatted(captured, refunded, due));
    }
    orders.forEach(order -> checkOrder(order, findings));
    Map<String, Long> sold = soldByProduct(confirmed);
    List<String> products =
        orders.stream()
            .flatMap(order -> order.lines().stream())
            .map(OrderView.Line::productId)
            .distinct()
            .toList();
    products.forEach(id -> checkStock(admin.stock(id), sold.getOrDefault(id, 0L), findings));
    UNENDED.forEach(status -> checkSagas(status, findings));
    return new Report(
        orders.size(), confirmed.size(), captured, refunded, due, products.size(), findings);
  }

  private static Map<String, Long> soldByProduct(List<OrderView> confirmed) {
    return confirmed.stream()
        .flatMap(order -> order.lines().stream())
        .collect(groupingBy(OrderView.Line::productId, summingLong(OrderView.Line::quantity)));
  }

  private static void checkOrder(OrderView order, List<String> findings) {
    if (order.status().equals("PLACED")) {
      findings.add("order " + order.orderId() + " has not ended");
    }
    long kept = order.capturedMinorUnits() - order.refundedMinorUnits();
    long expected = order.isConfirmed() ? order.totalMinorUnits() : 0;
    if (kept != expected) {
      findings.add(
          "order %s is %s, %d was kept instead of %d"
              .formatted(order.orderId(), order.status(), kept, expected));
    }
  }

  private static void checkStock(StockView stock, long sold, List<String> findings) {
    boolean agrees =
        stock.reserved() == 0
            && stock.committed() == sold
            && stock.available() == stock.received() - stock.committed();
    if (!agrees) {
      findings.add("stock %s, but confirmed orders took %d".formatted(stock, sold));
    }
  }

  private void checkSagas(String status, List<String> findings) {
    long count = admin.sagas(status);
    if (count > 0) {
      findings.add(count + " sagas are " + status);
    }
  }
}
