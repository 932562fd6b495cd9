package io.kiroku.chaos.audit;

import io.kiroku.client.KirokuClient;
import io.kiroku.client.OrderView;
import io.kiroku.client.ShopAudit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The read side shows what the log says.
record ReadCheck(LogFacts log, KirokuClient staff) {

  Verdict run() {
    List<String> findings = new ArrayList<>(new ShopAudit(staff).run().findings());
    Map<String, OrderView> views = new HashMap<>();
    staff.orders().forEach(view -> views.put(view.orderId(), view));
    List<String> placed = log.orders();
    for (String order : placed) {
      OrderView view = views.get(order);
      if (view == null) {
        findings.add("order %s is not shown".formatted(order));
      } else {
        compare(order, view, findings);
      }
    }
    if (views.size() != placed.size()) {
      findings.add("%d orders are shown, %d are in the log".formatted(views.size(), placed.size()));
    }
    staff
        .get("/api/v1/projections", null)
        .path("projections")
        .forEach(projection -> {
          if (projection.path("parkedStreams").asLong() > 0) {
            findings.add("projection with parked streams: " + projection);
          }
        });
    return new Verdict("the read side agrees", "%d orders shown".formatted(views.size()), findings);
  }

  private void compare(String order, OrderView view, List<String> findings) {
    String expected = log.status(order);
    boolean agrees =
        view.status().equals(expected)
            && view.totalMinorUnits() == log.total(order)
            && view.capturedMinorUnits() == log.paid(order, "payment-captured")
            && view.refundedMinorUnits() == log.paid(order, "payment-refunded");
    if (!agrees) {
      findings.add("order %s is shown as %s, should be %s".formatted(order, view, expected));
    }
  }
}
