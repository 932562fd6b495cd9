package io.kiroku.chaos.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// The log itself: ids once, revisions without gaps, positions that grow.
record LogCheck(LogFacts log) {

  Verdict run() {
    List<String> findings = new ArrayList<>();
    Set<UUID> ids = new HashSet<>();
    long position = Long.MIN_VALUE;
    for (LoggedEvent event : log.events()) {
      if (!ids.add(event.id())) {
        findings.add("event %s is in the log twice".formatted(event.id()));
      }
      if (event.position() <= position) {
        findings.add("position %d is not after %d".formatted(event.position(), position));
      }
      position = event.position();
    }
    log.byStream()
        .forEach((stream, events) -> {
          for (int i = 0; i < events.size(); i++) {
            if (events.get(i).revision() != i) {
              findings.add(
                  "%s has revision %d in place %d".formatted(stream, events.get(i).revision(), i));
              break;
            }
          }
        });
    return new Verdict(
        "the log has every event once, without gaps",
        "%d events in %d streams".formatted(log.events().size(), log.byStream().size()),
        findings);
  }
}
