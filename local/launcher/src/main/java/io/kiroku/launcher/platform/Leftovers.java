package io.kiroku.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Server processes that outlived their parent: PostgreSQL's backends end by themselves when the
/// postmaster is killed, but only once they notice, and a new server must not start before.
final class Leftovers {
  private static final Duration BOUND = Duration.ofSeconds(3);

  private Leftovers() {}

  /// Waits until no process works inside `directory`, then kills what is still there.
  static void end(Path directory) throws InterruptedException {
    long deadline = System.nanoTime() + BOUND.toNanos();
    List<ProcessIdentity> left = workingIn(directory);
    while (!left.isEmpty()) {
      if (System.nanoTime() > deadline) {
        left.forEach(process -> Signals.send("KILL", process));
      }
      TimeUnit.MILLISECONDS.sleep(50);
      left = workingIn(directory);
    }
  }

  private static List<ProcessIdentity> workingIn(Path directory) {
    return ProcessHandle.allProcesses()
        .filter(process -> worksIn(process.pid(), directory))
        .flatMap(process -> ProcessIdentity.of(process.pid()).stream())
        .toList();
  }

  private static boolean worksIn(long pid, Path directory) {
    try {
      Path at = Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"));
      return at.equals(directory);
    } catch (IOException notOurs) {
      return false;
    }
  }
}
