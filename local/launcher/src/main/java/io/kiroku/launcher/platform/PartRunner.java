package io.kiroku.launcher.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Brings one part up and takes it down.
final class PartRunner {
  private static final long POLL_MILLIS_MIN = 50;
  private static final long POLL_MILLIS_MAX = 400;
  // What runs already has had its time to start, unless a launcher died while it started.
  private static final Duration ADOPT_BOUND = Duration.ofSeconds(30);

  private final Layout layout;
  private final ProcessRecords records;
  private final Children children;

  PartRunner(Layout layout) {
    this.layout = layout;
    this.records = new ProcessRecords(layout.run());
    this.children = new Children(layout, records);
  }

  Optional<ProcessIdentity> alive(Part part) {
    return records.alive(part.name());
  }

  /// Takes over a process that runs already; one that does not answer is stopped, for a new start.
  boolean adopt(Part part, Waiting waiting) throws Exception {
    Optional<ProcessIdentity> process = alive(part);
    if (process.isEmpty()) {
      return false;
    }
    if (awaitReady(part, process.get(), ADOPT_BOUND, waiting)) {
      part.after().run();
      return true;
    }
    stop(part);
    return false;
  }

  ProcessIdentity spawn(Part part) {
    return children.start(part.name(), part.command(), part.environment());
  }

  void complete(Part part, ProcessIdentity process, Waiting waiting) throws Exception {
    if (!awaitReady(part, process, part.startBound(), waiting)) {
      String what =
          process.isAlive()
              ? "did not become ready within " + part.startBound().toSeconds() + " s"
              : "ended while it started";
      throw new PlatformException(
          "%s %s; the end of %s:%n%s"
              .formatted(part.name(), what, layout.log(part.name()), LogTail.of(layout, part)));
    }
    part.after().run();
  }

  void stop(Part part) {
    alive(part).ifPresent(process -> Signals.stop(process, part.stopSignal(), Part.STOP_BOUND));
    records.forget(part.name());
  }

  void kill(Part part) {
    alive(part).ifPresent(Signals::kill);
    records.forget(part.name());
  }

  /// The time is counted from the last sign of progress.
  private static boolean awaitReady(
      Part part, ProcessIdentity process, Duration bound, Waiting waiting)
      throws InterruptedException {
    long movedNanos = System.nanoTime();
    long pollMillis = POLL_MILLIS_MIN;
    String told = "";
    while (!part.ready().isUp()) {
      if (!part.ready().told().equals(told)) {
        movedNanos = System.nanoTime();
        told = part.ready().told();
        waiting.hear(told);
      }
      boolean late = System.nanoTime() - movedNanos > bound.toNanos();
      if (late || waiting.isCancelled() || !process.isAlive()) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(pollMillis);
      pollMillis = Math.min(POLL_MILLIS_MAX, pollMillis * 5 / 4);
    }
    // Somebody else may have answered in the place of a process that could not bind its port.
    return process.isAlive();
  }

  /// Who waits for a part.
  interface Waiting {
    boolean isCancelled();

    /// It told how far it is.
    void hear(String told);
  }
}
