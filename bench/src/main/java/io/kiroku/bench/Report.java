package io.kiroku.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/// What a benchmark tells while it runs, and what it found.
public record Report(PrintStream out) {
  public Report() {
    this(System.out);
  }

  /// @param sharers whose load it is that the machine carries
  public void machine(String sharers) {
    var system = ManagementFactory.getOperatingSystemMXBean();
    out.printf(
        "%d cores, load %.2f at the start; %s share the machine%n",
        system.getAvailableProcessors(), system.getSystemLoadAverage(), sharers);
  }

  /// What comes next: it takes a while.
  public void say(String what) {
    out.println("… " + what);
  }

  /// Says what is measured, then measures it.
  public void table(String what, Callable<Table> measuring) throws Exception {
    say(what);
    table(measuring.call());
  }

  public void table(Table table) {
    table.print(out);
  }
}
