package io.kiroku.chaos.audit;

import io.kiroku.chaos.load.Accepted;
import io.kiroku.chaos.load.Ledger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Every saga ended once, as its order did, and decided nothing twice.
record SagaCheck(LogFacts log, Ledger ledger) {

  Verdict run() {
    List<String> findings = new ArrayList<>();
    log.orders().forEach(order -> check(order, findings));
    int givenUp = 0;
    for (Accepted accepted : ledger.orders()) {
      boolean confirmed = log.isConfirmed(accepted.order().orderId());
      if (confirmed && !accepted.wish().isPossible()) {
        findings.add(
            "order %s is confirmed in spite of %s"
                .formatted(accepted.order().orderId(), accepted.wish()));
      }
      givenUp += !confirmed && accepted.wish().isPossible() ? 1 : 0;
    }
    long confirmed = log.orders().stream().filter(log::isConfirmed).count();
    return new Verdict(
        "every saga ended, every decision was taken once",
        "%d confirmed, %d compensated for lack of time".formatted(confirmed, givenUp),
        findings);
  }

  private void check(String order, List<String> findings) {
    List<LoggedEvent> saga = log.stream("fulfillment-" + order);
    long started = saga.stream().filter(event -> event.is("saga-started")).count();
    if (started != 1) {
      findings.add("order %s has %d sagas".formatted(order, started));
      return;
    }
    boolean completed = saga.stream().anyMatch(event -> event.is("saga-completed"));
    boolean compensated = saga.stream().anyMatch(event -> event.is("saga-compensated"));
    if (completed == compensated) {
      findings.add(
          "the saga of order %s %s, it is at %s"
              .formatted(
                  order, completed ? "ended twice" : "has not ended", saga.getLast().type()));
      return;
    }
    boolean cancelled = log.has("order-" + order, "order-cancelled");
    if (completed != log.isConfirmed(order) || compensated != cancelled) {
      findings.add(
          "the saga of order %s %s, but the order is %s"
              .formatted(
                  order,
                  completed ? "completed" : "compensated",
                  cancelled ? "cancelled" : log.isConfirmed(order) ? "confirmed" : "open"));
    }
    Set<String> decisions = new HashSet<>();
    for (LoggedEvent event : saga) {
      String decision =
          String.join(
              " ",
              event.type(),
              event.text("step"),
              event.text("phase"),
              event.text("part"),
              event.text("attempt"),
              event.text("action"));
      if (!decisions.add(decision)) {
        findings.add("the saga of order %s decided twice: %s".formatted(order, decision));
      }
    }
  }
}
