package io.kiroku.client;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Reads everything back through the query side and compares what must agree: money, stock, ends.
public final class ShopAudit {
  private static final List<String> UNENDED = List.of("RUNNING", "COMPENSATING", "STUCK");
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final KirokuClient admin;
  private final Optional<Supplier<Map<String, Long>>> kept;

  /// @param admin a client that may see every order and saga
  public ShopAudit(KirokuClient admin) {
    this.admin = admin;
    this.kept = Optional.empty();
  }

  /// Holds the payment provider's own book against ours.
  ///
  /// @param kept what it took and did not give back, in minor units by order id
  public ShopAudit(KirokuClient admin, Supplier<Map<String, Long>> kept) {
    this.admin = admin;
    this.kept = Optional.of(kept);
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
    List<OrderView> sold = orders.stream().filter(OrderView::isSold).toList();
    long captured = orders.stream().mapToLong(OrderView::capturedMinorUnits).sum();
    long refunded = orders.stream().mapToLong(OrderView::refundedMinorUnits).sum();
    long due = sold.stream().mapToLong(OrderView::totalMinorUnits).sum();
    if (captured - refunded != due) {
      findings.add(
          "money: captured %d - refunded %d, but confirmed orders are worth %d"
              .formatted(captured, refunded, due));
    }
    orders.forEach(order -> checkOrder(order, findings));
    kept.ifPresent(book -> checkBook(sold, book.get(), findings));
    Map<String, Long> pieces = pieces(sold);
    List<String> products =
        orders.stream()
            .flatMap(order -> order.lines().stream())
            .map(OrderView.Line::productId)
            .distinct()
            .toList();
    products.forEach(id -> checkStock(admin.stock(id), pieces.getOrDefault(id, 0L), findings));
    UNENDED.forEach(status -> checkSagas(status, findings));
    return new Report(
        orders.size(), sold.size(), captured, refunded, due, products.size(), findings);
  }

  /// By product.
  private static Map<String, Long> pieces(List<OrderView> sold) {
    return sold.stream()
        .flatMap(order -> order.lines().stream())
        .collect(groupingBy(OrderView.Line::productId, summingLong(OrderView.Line::quantity)));
  }

  private static void checkOrder(OrderView order, List<String> findings) {
    if (order.status().equals("PLACED")) {
      findings.add("order " + order.orderId() + " has not ended");
    }
    long kept = order.capturedMinorUnits() - order.refundedMinorUnits();
    long expected = order.isSold() ? order.totalMinorUnits() : 0;
    if (kept != expected) {
      findings.add(
          "order %s is %s, %d was kept instead of %d"
              .formatted(order.orderId(), order.status(), kept, expected));
    }
  }

  /// To the provider an order is worth its total if it is sold, else nothing.
  private static void checkBook(
      List<OrderView> sold, Map<String, Long> kept, List<String> findings) {
    Map<String, Long> due =
        sold.stream().collect(toMap(OrderView::orderId, OrderView::totalMinorUnits));
    Stream.concat(due.keySet().stream(), kept.keySet().stream())
        .distinct()
        .filter(order -> !due.getOrDefault(order, 0L).equals(kept.getOrDefault(order, 0L)))
        .map(order ->
            "order %s: the payment provider kept %d instead of %d"
                .formatted(order, kept.getOrDefault(order, 0L), due.getOrDefault(order, 0L)))
        .forEach(findings::add);
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
