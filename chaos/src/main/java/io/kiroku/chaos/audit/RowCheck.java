package io.kiroku.chaos.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The command service's tables say what the log says, and nothing is left to be done.
record RowCheck(LogFacts log, Database database) {
  private static final String ORPHAN_TIMERS =
      "SELECT t.category || '-' || t.saga_id || ' ' || t.timer, t.due_at"
          + " FROM saga_timer t LEFT JOIN saga_row r USING (category, saga_id)"
          + " WHERE r.status IS NULL OR r.status IN ('COMPLETED', 'COMPENSATED')";
  private static final String FULFILLMENTS =
      "SELECT saga_id, status FROM saga_row WHERE category = 'fulfillment'";
  private static final String PARKED = "SELECT saga_id, error FROM saga_parked";
  private static final String UNHEARD = "SELECT saga_id || ' ' || position, stream FROM saga_inbox";

  Verdict run() {
    List<String> findings = new ArrayList<>();
    database
        .pairs(ORPHAN_TIMERS)
        .forEach((timer, due) -> findings.add("orphan timer " + timer + " at " + due));
    database
        .pairs(PARKED)
        .forEach((saga, error) -> findings.add("saga %s is parked: %s".formatted(saga, error)));
    database
        .pairs(UNHEARD)
        .forEach(
            (saga, stream) -> findings.add("saga %s has not heard of %s".formatted(saga, stream)));
    Map<String, String> orders = database.pairs("SELECT order_id, status FROM order_row");
    Map<String, String> sagas = database.pairs(FULFILLMENTS);
    List<String> placed = log.orders();
    for (String order : placed) {
      boolean confirmed = log.isConfirmed(order);
      compare("order", order, confirmed ? "CONFIRMED" : "CANCELLED", orders, findings);
      compare("saga", order, confirmed ? "COMPLETED" : "COMPENSATED", sagas, findings);
    }
    if (orders.size() != placed.size() || sagas.size() != placed.size()) {
      findings.add(
          "%d orders in the log, %d rows of orders, %d of sagas"
              .formatted(placed.size(), orders.size(), sagas.size()));
    }
    return new Verdict(
        "tables follow the log; no timer, no parked saga is left",
        "%d orders, %d sagas".formatted(orders.size(), sagas.size()),
        findings);
  }

  private static void compare(
      String what, String id, String expected, Map<String, String> rows, List<String> findings) {
    String status = rows.getOrDefault(id, "missing");
    if (!status.equals(expected)) {
      findings.add("row of %s %s is %s instead of %s".formatted(what, id, status, expected));
    }
  }
}
