package io.kiroku.bench.node;

import io.kiroku.bench.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures the EventStoreDB-compatible node alone, one measurement after the other.
@Command(
    name = "bench node",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the EventStoreDB-compatible node alone, without the platform.",
      "It starts a PostgreSQL that flushes every commit, and the node in a process of its own."
    })
public final class NodeBench implements Callable<Integer> {
  private static final Set<Measurement> OF_A_FULL_LOG =
      EnumSet.range(Measurement.READ, Measurement.MEMORY);

  @Option(names = "--node", required = true, paramLabel = "JAR", description = "the node's jar")
  private Path node = Path.of("");

  @Option(
      names = "--folder",
      required = true,
      paramLabel = "DIR",
      description = "on the disk to be measured; what is written there is deleted afterwards")
  private Path folder = Path.of("");

  @Option(
      names = "--seconds",
      defaultValue = "6",
      description = "length of each measurement (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "25",
      description = "seconds of appends until both compilers are done (default: ${DEFAULT-VALUE})")
  private int warmUpSeconds;

  @Option(
      names = "--events",
      defaultValue = "1000000",
      description = {
        "in streams of ten; a quarter as many more in one stream (default: ${DEFAULT-VALUE})"
      })
  private int events;

  @Option(
      names = "--heap",
      defaultValue = "256m",
      description = "-Xmx of the node on PostgreSQL (default: ${DEFAULT-VALUE})")
  private String heap = "256m";

  @Option(
      names = "--jvm-option",
      paramLabel = "OPTION",
      description = "of the node's JVM; may be repeated")
  private List<String> jvmOptions = List.of();

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "APPEND,PROJECTIONS,READ,SUBSCRIBE,GROUPS,START,MEMORY",
      description = "what to measure: ${COMPLETION-CANDIDATES} (default: all)")
  private Set<Measurement> only = EnumSet.allOf(Measurement.class);

  private final Report report = new Report();

  enum Measurement {
    APPEND,
    PROJECTIONS,
    READ,
    SUBSCRIBE,
    GROUPS,
    START,
    MEMORY
  }

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new NodeBench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    report.machine("load generator, node and PostgreSQL");
    var program = new NodeProgram(node, heap, jvmOptions);
    Duration length = Duration.ofSeconds(seconds);
    Duration warmUp = Duration.ofSeconds(warmUpSeconds);
    try (BenchDatabases databases = BenchDatabases.start(folder)) {
      if (only.contains(Measurement.APPEND)) {
        var appends = new Appends(program, length, warmUp, report);
        appends.onPostgres(databases, RawInserts.on(databases, folder));
        appends.inMemory();
      }
      if (only.contains(Measurement.PROJECTIONS)) {
        report.table(
            "system projections",
            () -> new ProjectionCost(program, databases, length, warmUp).run());
      }
      if (!Collections.disjoint(only, OF_A_FULL_LOG)) {
        measureFullLog(program, databases);
      }
    }
    return 0;
  }

  private void measureFullLog(NodeProgram program, BenchDatabases databases) throws Exception {
    String database = databases.create("log");
    Filling filling = Filling.of(events);
    Duration length = Duration.ofSeconds(seconds);
    try (NodeProcess node = program.startOn(database)) {
      report.say("filling the log with %,d events".formatted(filling.events()));
      long begin = System.nanoTime();
      filling.append(node);
      double fillSeconds = (System.nanoTime() - begin) / 1e9;
      report
          .out()
          .printf("  %.0f s, %,.0f events/s%n", fillSeconds, filling.events() / fillSeconds);
      databases.checkpoint();
      if (only.contains(Measurement.READ)) {
        report.table("reading", () -> new Reads(node, filling).forwards());
      }
      if (only.contains(Measurement.SUBSCRIBE)) {
        report.table("subscribing", () -> new Reads(node, filling).subscriptions());
      }
      if (only.contains(Measurement.GROUPS)) {
        report.table("persistent subscriptions", () -> new Groups(node, filling, length).run());
      }
    }
    if (only.contains(Measurement.START)) {
      report.table("starting", () -> new Starts(program, database).run(filling.events()));
    }
    if (only.contains(Measurement.MEMORY)) {
      try (NodeProcess node = program.startOn(database)) {
        report.table("memory of -Xmx" + heap, () -> new MemoryUse(node, filling, length).run());
      }
    }
  }
}
