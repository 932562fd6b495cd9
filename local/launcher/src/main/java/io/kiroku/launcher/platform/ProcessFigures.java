package io.kiroku.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Memory and age of a process, as the kernel counts them.
final class ProcessFigures {
  // Linux reports start times in USER_HZ, which has been 100 on every platform for decades.
  private static final long TICKS_PER_SECOND = 100;

  private ProcessFigures() {}

  /// Proportional set size of a process and all its children: shared pages are counted once.
  static long memoryBytes(long pid) {
    LongStream family =
        LongStream.concat(
            LongStream.of(pid),
            ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToLong(ProcessHandle::pid));
    return family.map(ProcessFigures::proportionalBytes).sum();
  }

  static Duration uptime(ProcessIdentity process) {
    try {
      String sinceBoot = Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0];
      long startTicks = Long.parseLong(process.start().split("@", 2)[0]);
      long millis = (long) (Double.parseDouble(sinceBoot) * 1000);
      return Duration.ofMillis(Math.max(0, millis - startTicks * 1000 / TICKS_PER_SECOND));
    } catch (IOException | NumberFormatException unknown) {
      return Duration.ZERO;
    }
  }

  private static long proportionalBytes(long pid) {
    Path rollup = Path.of("/proc", Long.toString(pid), "smaps_rollup");
    try (Stream<String> lines = Files.lines(rollup)) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .mapToLong(kibibytes -> Long.parseLong(kibibytes) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException | RuntimeException gone) {
      return 0;
    }
  }
}
