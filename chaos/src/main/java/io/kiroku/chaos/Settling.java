package io.kiroku.chaos;

import io.kiroku.chaos.audit.Audit;
import io.kiroku.chaos.audit.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Waits for what was begun to end. Patience is counted from the last sign of progress: read models
/// may have much to catch up with, and as long as they do, nothing is wrong.
final class Settling {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final Duration TELL_EVERY = Duration.ofSeconds(10);

  private final Audit audit;
  private final Journal journal;
  private final Duration patience;
  private final long bound;
  private long lastProgress = System.nanoTime();
  private long lastTold;
  private long fewestFindings = Long.MAX_VALUE;
  private @Nullable Object before;

  /// @param patience without any progress
  /// @param most in all
  Settling(Audit audit, Journal journal, Duration patience, Duration most) {
    this.audit = audit;
    this.journal = journal;
    this.patience = patience;
    this.bound = System.nanoTime() + most.toNanos();
  }

  /// The last audit: the first one that agrees, or the one when patience was over.
  List<Verdict> await() throws InterruptedException {
    while (true) {
      Audit.Signs signs = signs();
      noteProgress(signs);
      if (signs != null && signs.areQuiet()) {
        List<Verdict> verdicts = tryAudit();
        if (verdicts.stream().allMatch(Verdict::agrees) && !verdicts.isEmpty()) {
          return verdicts;
        }
        if (isOver()) {
          return verdicts.isEmpty() ? audit.run() : verdicts;
        }
      } else if (isOver()) {
        return audit.run();
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
    }
  }

  private Audit.@Nullable Signs signs() {
    try {
      Audit.Signs signs = audit.signs();
      if (System.nanoTime() - lastTold > TELL_EVERY.toNanos()) {
        lastTold = System.nanoTime();
        journal.say(
            "settling   %d commands without an answer, open sagas %s, log at %d"
                .formatted(signs.waiting(), signs.openSagas(), signs.head()));
      }
      return signs;
    } catch (RuntimeException notNow) {
      journal.say("settling   " + notNow.getMessage());
      return null;
    }
  }

  private List<Verdict> tryAudit() {
    try {
      List<Verdict> verdicts = audit.run();
      long findings = verdicts.stream().mapToLong(verdict -> verdict.findings().size()).sum();
      journal.say("settling   audit: %d findings".formatted(findings));
      noteFindings(findings);
      return verdicts;
    } catch (RuntimeException notNow) {
      journal.say("settling   no audit yet: " + notNow);
      return List.of();
    }
  }

  private void noteProgress(Audit.@Nullable Signs signs) {
    if (signs != null && !signs.equals(before)) {
      before = signs;
      lastProgress = System.nanoTime();
    }
  }

  private void noteFindings(long findings) {
    if (findings < fewestFindings) {
      fewestFindings = findings;
      lastProgress = System.nanoTime();
    }
  }

  private boolean isOver() {
    long now = System.nanoTime();
    return now - lastProgress > patience.toNanos() || now > bound;
  }
}
