package io.kiroku.launcher.platform;

import java.time.Duration;

/// Puts the time that each part took into the test's output.
record PrintedProgress() implements Progress {
  @Override
  public void ready(String part, Duration took, boolean alreadyRan) {
    System.out.printf("%-16s %5d ms%n", part, took.toMillis());
  }

  @Override
  public void catchingUp(String part, String how) {
    System.out.printf("%-16s %s%n", part, how);
  }

  @Override
  public void stopped(String part) {
    System.out.printf("%-16s stopped%n", part);
  }
}
