package io.kiroku.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Says what is done, when it is done, and keeps what must not have happened. Thread-safe.
public final class Journal {
  private final PrintStream out;
  private final long begin = System.nanoTime();
  private final List<String> findings = new ArrayList<>();

  public Journal(PrintStream out) {
    this.out = out;
  }

  /// One line, with the time since the journal was begun.
  public synchronized void say(String what) {
    Duration at = Duration.ofNanos(System.nanoTime() - begin);
    out.printf(
        Locale.ROOT,
        "  %02d:%02d.%d  %s%n",
        at.toMinutes(),
        at.toSecondsPart(),
        at.toMillisPart() / 100,
        what);
  }

  /// Something that must not happen: said now and again at the end.
  public synchronized void finding(String what) {
    findings.add(what);
    say("FINDING    " + what);
  }

  public synchronized List<String> findings() {
    return List.copyOf(findings);
  }
}
