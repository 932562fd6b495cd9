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
    log.orders().forEach(order -> checkFulfillment(order, findings));
    log.returns().forEach(order -> checkReturn(order, findings));
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
        "%d confirmed, %d compensated for lack of time, %d given back"
            .formatted(confirmed, givenUp, log.returns().size()),
        findings);
  }

  private void checkFulfillment(String order, List<String> findings) {
    List<LoggedEvent> saga = log.stream("fulfillment-" + order);
    if (!endedOnce("order " + order, saga, findings)) {
      return;
    }
    boolean completed = isCompleted(saga);
    boolean cancelled = log.has("order-" + order, "order-cancelled");
    if (completed != log.isConfirmed(order) || completed == cancelled) {
      findings.add(
          "the saga of order %s %s, but the order is %s"
              .formatted(
                  order,
                  completed ? "completed" : "compensated",
                  cancelled ? "cancelled" : log.isConfirmed(order) ? "confirmed" : "open"));
    }
  }

  /// All goods that are awaited come.
  private void checkReturn(String order, List<String> findings) {
    List<LoggedEvent> saga = log.stream("return-" + order);
    if (endedOnce("the return of order " + order, saga, findings)
        && !(isCompleted(saga) && log.isReturned(order))) {
      findings.add(
          "the return of order %s ended at %s, the order is %s"
              .formatted(order, saga.getLast().type(), log.status(order)));
    }
  }

  private static boolean isCompleted(List<LoggedEvent> saga) {
    return saga.stream().anyMatch(event -> event.is("saga-completed"));
  }

  private static boolean endedOnce(String what, List<LoggedEvent> saga, List<String> findings) {
    long started = saga.stream().filter(event -> event.is("saga-started")).count();
    if (started != 1) {
      findings.add("%s has %d sagas".formatted(what, started));
      return false;
    }
    boolean completed = isCompleted(saga);
    boolean compensated = saga.stream().anyMatch(event -> event.is("saga-compensated"));
    if (completed == compensated) {
      findings.add(
          "the saga of %s %s, it is at %s"
              .formatted(what, completed ? "ended twice" : "has not ended", saga.getLast().type()));
      return false;
    }
    checkDecisions(what, saga, findings);
    return true;
  }

  private static void checkDecisions(String what, List<LoggedEvent> saga, List<String> findings) {
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
        findings.add("the saga of %s decided twice: %s".formatted(what, decision));
      }
    }
  }
}
