package io.kiroku.chaos.audit;

import io.kiroku.chaos.load.Accepted;
import io.kiroku.chaos.load.Ledger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was accepted is in the log exactly once, and nothing else is.
record CommandCheck(LogFacts log, Ledger ledger) {

  Verdict run() {
    List<String> findings = new ArrayList<>();
    Set<String> accepted = new HashSet<>();
    for (Accepted order : ledger.orders()) {
      String id = order.order().orderId();
      if (!accepted.add(id)) {
        findings.add("two customers were told of one order " + id);
      }
      long placed = count("order-" + id, "order-placed");
      if (placed != 1) {
        findings.add("order %s was accepted and is in the log %d times".formatted(id, placed));
      } else if (log.total(id) != order.order().totalMinorUnits()) {
        findings.add("order %s was accepted with another total".formatted(id));
      }
    }
    for (String order : log.orders()) {
      if (!accepted.contains(order)) {
        findings.add("order %s is in the log and nobody was told".formatted(order));
      }
    }
    checkReturns(findings);
    if (ledger.waiting() > 0) {
      findings.add(ledger.waiting() + " commands never had a clear answer");
    }
    Map<String, Long> expected = ledger.received();
    received()
        .forEach((product, pieces) -> {
          long told = expected.getOrDefault(product, 0L);
          if (told != pieces) {
            findings.add(
                "%d pieces of %s were accepted, %d are in the log"
                    .formatted(told, product, pieces));
          }
        });
    return new Verdict(
        "every accepted command took effect once",
        "%d orders, %d returns, %d repetitions"
            .formatted(accepted.size(), ledger.returned().size(), ledger.repetitions()),
        findings);
  }

  private void checkReturns(List<String> findings) {
    Set<String> accepted = ledger.returned();
    for (String order : accepted) {
      long requested = count("order-" + order, "order-return-requested");
      long received = count("shipment-" + order, "returned-goods-received");
      if (requested != 1 || received != 1) {
        findings.add(
            "order %s was given back, that is in the log %d times, its goods %d times"
                .formatted(order, requested, received));
      }
    }
    log.returns().stream()
        .filter(order -> !accepted.contains(order))
        .forEach(order ->
            findings.add("the return of %s is in the log and nobody was told".formatted(order)));
  }

  private long count(String stream, String type) {
    return log.stream(stream).stream().filter(event -> event.is(type)).count();
  }

  /// Without the first receipt of each product, with which the shop was opened.
  private Map<String, Long> received() {
    Map<String, Long> pieces = new HashMap<>();
    Set<String> opened = new HashSet<>();
    for (LoggedEvent event : log.events()) {
      if (event.is("stock-received")) {
        boolean isOpening = opened.add(event.subject());
        pieces.merge(event.subject(), isOpening ? 0 : event.number("quantity"), Long::sum);
      }
    }
    return pieces;
  }
}
