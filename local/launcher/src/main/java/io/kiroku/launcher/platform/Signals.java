package io.kiroku.launcher.platform;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Sends signals, and only ever to the very process that was recorded.
final class Signals {
  private static final Duration KILL_BOUND = Duration.ofSeconds(10);

  private Signals() {}

  /// `signal` as `kill` names it: `TERM`, `INT`, `KILL`, `STOP`, `CONT`.
  static void send(String signal, ProcessIdentity process) {
    if (!process.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException failure) {
      throw new PlatformException("cannot signal process " + process.pid(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// As [#send], to the children too; PostgreSQL answers its clients from processes of their own.
  static void sendToFamily(String signal, ProcessIdentity process) {
    List<ProcessIdentity> family = children(process);
    send(signal, process);
    family.forEach(child -> send(signal, child));
  }

  /// Kills at once, together with every child: what a power cut would do.
  static void kill(ProcessIdentity process) {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessIdentity> family = children(process);
    send("KILL", process);
    family.forEach(child -> send("KILL", child));
    awaitEnd(process, KILL_BOUND);
    family.forEach(child -> awaitEnd(child, KILL_BOUND));
  }

  /// Asks with `signal`, waits up to `bound`, then kills; a stopped process is woken to hear it.
  static void stop(ProcessIdentity process, String signal, Duration bound) {
    send(signal, process);
    send("CONT", process);
    if (!awaitEnd(process, bound)) {
      kill(process);
    }
  }

  private static List<ProcessIdentity> children(ProcessIdentity process) {
    return ProcessHandle.of(process.pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .flatMap(child -> ProcessIdentity.of(child.pid()).stream())
        .toList();
  }

  private static boolean awaitEnd(ProcessIdentity process, Duration bound) {
    long deadline = System.nanoTime() + bound.toNanos();
    while (process.isAlive()) {
      if (System.nanoTime() > deadline || !pause()) {
        return false;
      }
    }
    return true;
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
