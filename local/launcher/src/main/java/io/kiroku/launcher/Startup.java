package io.kiroku.launcher;

import io.kiroku.launcher.platform.PartStatus;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Starts the platform for somebody who watches, and cleans up if he presses Ctrl-C.
record Startup(Platform platform, PrintStream out) {

  void everything() {
    run(platform::start);
  }

  void infrastructure() {
    run(platform::startInfrastructure);
  }

  void only(List<String> parts) {
    run(progress -> platform.start(parts, progress));
  }

  private void run(Consumer<Progress> start) {
    long begin = System.nanoTime();
    var interrupted = new Thread(platform::cancelStart, "cancel");
    Runtime.getRuntime().addShutdownHook(interrupted);
    var progress = new PrintedProgress(out);
    start.accept(progress);
    Runtime.getRuntime().removeShutdownHook(interrupted);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    if (progress.started() == 0) {
      out.println("It is running already; nothing was started.");
    } else {
      out.printf(Locale.ROOT, "%nUp after %.1f s.%n", took.toMillis() / 1e3);
    }
    out.println();
    new AddressTable(platform.ports(), platform.layout()).print(out);
    long bytes = platform.status().stream().mapToLong(PartStatus::memoryBytes).sum();
    out.printf("%nMemory: %d MiB. Stop it with ./kiroku down%n", bytes >> 20);
  }
}
