package io.kiroku.launcher;

import io.kiroku.launcher.platform.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// One line for each part, as it happens, and one now and then for what takes long.
final class PrintedProgress implements Progress {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final PrintStream out;
  private int started;
  private long toldNanos = System.nanoTime();

  PrintedProgress(PrintStream out) {
    this.out = out;
  }

  int started() {
    return started;
  }

  @Override
  public void ready(String part, Duration took, boolean alreadyRan) {
    if (alreadyRan) {
      return;
    }
    started++;
    out.printf(Locale.ROOT, "  %-18s up after %5.1f s%n", part, took.toMillis() / 1e3);
  }

  @Override
  public void catchingUp(String part, String how) {
    if (!how.isEmpty() && System.nanoTime() - toldNanos > PAUSE.toNanos()) {
      toldNanos = System.nanoTime();
      out.printf("  %-18s builds its read models: %s%n", part, how);
    }
  }

  @Override
  public void stopped(String part) {
    out.printf("  %-18s stopped%n", part);
  }
}
