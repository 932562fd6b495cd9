package io.kiroku.launcher.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How much memory each JVM may take: the one table to change for a larger or smaller machine.
final class JvmFlags {
  /// @param heapMebibytes -Xmx
  /// @param youngMebibytes -Xmn: each collection of the young copies what lives, so the busier a
  ///   process, the more of it
  /// @param metaspaceMebibytes bound of class metadata
  private record Size(int heapMebibytes, int youngMebibytes, int metaspaceMebibytes) {}

  private static final Size SERVICE = new Size(160, 24, 160);

  private static final Map<String, Size> SIZES =
      Map.of(
          "stack", new Size(448, 96, 160),
          "registry", new Size(160, 16, 192),
          "eventstore-node", new Size(192, 32, 96),
          "command-service", new Size(224, 48, 192),
          "query-service", new Size(192, 48, 192),
          "job-service", SERVICE,
          "ws-service", SERVICE,
          "gateway", SERVICE);

  // The last of two equal options wins, so these override the table: for measurements.
  private static final String OVERRIDES = "KIROKU_JVM_OPTIONS";

  private JvmFlags() {}

  /// The start of a command line that runs `jar`; options of the program follow it.
  static List<String> java(String part, Path jar, List<String> properties) {
    Size size = SIZES.getOrDefault(part, SERVICE);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xms32m");
    command.add("-Xmx" + size.heapMebibytes() + "m");
    command.add("-Xmn" + size.youngMebibytes() + "m");
    command.add("-XX:MaxMetaspaceSize=" + size.metaspaceMebibytes() + "m");
    command.add("-XX:ReservedCodeCacheSize=96m");
    command.add("-Xss512k");
    // One small heap each on a shared machine: the collector with the least threads and tables.
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+UseCompactObjectHeaders");
    command.addAll(largePages());
    // Start-up counts more than peak speed here; C1 alone halves the time spent compiling.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(fromEnvironment());
    command.addAll(properties);
    command.add("-jar");
    command.add(jar.toString());
    return command;
  }

  /// Heaps and compiled code in pages of 2 MiB, where the system offers them to who asks: ten small
  /// heaps and their code miss the processor's table of pages all the time, and in a virtual
  /// machine each miss is dear. Linux alone has the option.
  private static List<String> largePages() {
    return System.getProperty("os.name").equals("Linux")
        ? List.of("-XX:+UseTransparentHugePages")
        : List.of();
  }

  private static List<String> fromEnvironment() {
    String options = System.getenv().getOrDefault(OVERRIDES, "").strip();
    return options.isEmpty() ? List.of() : List.of(options.split("\\s+", -1));
  }
}
