package io.kiroku.chaos.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was kept of each order is its total if it is sold, else nothing.
record MoneyCheck(LogFacts log) {

  Verdict run() {
    List<String> findings = new ArrayList<>();
    long kept = 0;
    for (String order : log.orders()) {
      long captured = log.paid(order, "payment-captured");
      long refunded = log.paid(order, "payment-refunded");
      long due = log.isSold(order) ? log.total(order) : 0;
      if (captured - refunded != due || captured > log.total(order)) {
        findings.add(
            "order %s: captured %d, refunded %d, due %d".formatted(order, captured, refunded, due));
      }
      kept += captured - refunded;
    }
    return new Verdict(
        "money is conserved",
        String.format(Locale.ROOT, "%,d yen of orders that were not given back", kept),
        findings);
  }
}
