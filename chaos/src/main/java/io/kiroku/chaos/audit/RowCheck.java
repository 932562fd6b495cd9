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
  private static final String SAGAS = "SELECT saga_id, status FROM saga_row WHERE category = '%s'";
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
    Map<String, String> sagas = database.pairs(SAGAS.formatted("fulfillment"));
    Map<String, String> returns = database.pairs(SAGAS.formatted("return"));
    List<String> placed = log.orders();
    for (String order : placed) {
      compare("order", order, log.status(order), orders, findings);
      String ended = log.isConfirmed(order) ? "COMPLETED" : "COMPENSATED";
      compare("fulfillment", order, ended, sagas, findings);
    }
    List<String> givenBack = log.returns();
    givenBack.forEach(order -> compare("return", order, "COMPLETED", returns, findings));
    count("orders", placed, orders, findings);
    count("fulfillments", placed, sagas, findings);
    count("returns", givenBack, returns, findings);
    return new Verdict(
        "tables follow the log; no timer, no parked saga is left",
        "%d orders, %d sagas".formatted(orders.size(), sagas.size() + returns.size()),
        findings);
  }

  private static void count(
      String what, List<String> logged, Map<String, String> rows, List<String> findings) {
    if (rows.size() != logged.size()) {
      findings.add("%d %s in the log, %d rows".formatted(logged.size(), what, rows.size()));
    }
  }

  private static void compare(
      String what, String id, String expected, Map<String, String> rows, List<String> findings) {
    String status = rows.getOrDefault(id, "missing");
    if (!status.equals(expected)) {
      findings.add("row of %s %s is %s instead of %s".formatted(what, id, status, expected));
    }
  }
}
