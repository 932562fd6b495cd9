package io.kiroku.bench;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Processes that stand still (SIGSTOP) until this is closed, or this program ends.
public final class Paused implements AutoCloseable {
  private final long[] pids;
  private final Thread atExit;

  private Paused(long[] pids) {
    this.pids = pids;
    this.atExit = new Thread(() -> signal("CONT", pids), "continue");
  }

  static Paused processes(long... pids) {
    var paused = new Paused(pids);
    Runtime.getRuntime().addShutdownHook(paused.atExit);
    signal("STOP", pids);
    return paused;
  }

  @Override
  public void close() {
    signal("CONT", pids);
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private static void signal(String name, long[] pids) {
    for (long pid : pids) {
      try {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        if (code != 0) {
          throw new IllegalStateException("kill -" + name + " " + pid + " ended with " + code);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
