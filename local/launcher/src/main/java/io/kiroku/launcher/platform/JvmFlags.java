package io.kiroku.launcher.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How much memory each JVM may take, and whether its code is optimized: the one table to change
/// for a larger or smaller machine.
final class JvmFlags {
  /// @param heapMebibytes -Xmx
  /// @param youngMebibytes -Xmn: each collection of the young copies what lives, so the busier a
  ///   process, the more of it
  /// @param metaspaceMebibytes bound of class metadata
  /// @param compilers what turns its bytecode into machine code
  private record Limits(
      int heapMebibytes, int youngMebibytes, int metaspaceMebibytes, Compilers compilers) {}

  private enum Compilers {
    /// For who has little to do: it starts fast and its code takes little memory.
    QUICK("-XX:ReservedCodeCacheSize=96m -XX:TieredStopAtLevel=1"),
    /// For who carries each order. Less inlining than by default, and only of what runs thrice as
    /// often: many small programs share the processor's caches, so smaller code is the faster, and
    /// the compilers compete with the first minutes' orders. What they worked with is given back.
    OPTIMIZING(
        "-XX:ReservedCodeCacheSize=128m -XX:TrimNativeHeapInterval=10000"
            + " -XX:FreqInlineSize=100 -XX:InlineSmallCode=1000 -XX:MaxInlineLevel=9"
            + " -XX:Tier4InvocationThreshold=15000 -XX:Tier4MinInvocationThreshold=2000"
            + " -XX:Tier4CompileThreshold=45000 -XX:Tier4BackEdgeThreshold=120000");

    private final String options;

    Compilers(String options) {
      this.options = options;
    }
  }

  private static final Limits SERVICE = new Limits(160, 24, 160, Compilers.QUICK);

  private static final Map<String, Limits> LIMITS =
      Map.of(
          "stack", new Limits(480, 160, 160, Compilers.OPTIMIZING),
          "registry", new Limits(160, 16, 192, Compilers.QUICK),
          "eventstore-node", new Limits(224, 64, 96, Compilers.OPTIMIZING),
          "command-service", new Limits(256, 80, 192, Compilers.OPTIMIZING),
          "query-service", new Limits(216, 72, 192, Compilers.OPTIMIZING),
          "job-service", new Limits(160, 48, 160, Compilers.OPTIMIZING),
          "ws-service", SERVICE,
          "gateway", SERVICE);

  // The last of two equal options wins, so these override the table: for measurements.
  private static final String OVERRIDES = "KIROKU_JVM_OPTIONS";

  private JvmFlags() {}

  /// The start of a command line that runs `jar`; options of the program follow it.
  static List<String> java(String part, Path jar, List<String> properties) {
    Limits limits = LIMITS.getOrDefault(part, SERVICE);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xms32m");
    command.add("-Xmx" + limits.heapMebibytes() + "m");
    command.add("-Xmn" + limits.youngMebibytes() + "m");
    command.add("-XX:MaxMetaspaceSize=" + limits.metaspaceMebibytes() + "m");
    command.add("-Xss512k");
    // One small heap each on a shared machine: the collector with the least threads and tables.
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+UseCompactObjectHeaders");
    command.addAll(largePages());
    command.addAll(words(limits.compilers().options));
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
    return options.isEmpty() ? List.of() : words(options);
  }

  private static List<String> words(String options) {
    return List.of(options.split("\\s+", -1));
  }
}
