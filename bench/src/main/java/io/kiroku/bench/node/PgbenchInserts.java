package io.kiroku.bench.node;

import io.kiroku.bench.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Raw inserts by pgbench, with prepared statements. It logs each transaction; see
/// https://www.postgresql.org/docs/current/pgbench.html
record PgbenchInserts(int port, Path folder) implements RawInserts {
  private static final String PROGRAM = "pgbench";
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
  private static final int MICROS_FIELD = 2;

  static boolean installed() {
    try {
      return new ProcessBuilder(PROGRAM, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public String name() {
    return PROGRAM;
  }

  @Override
  public Rate run(int clients, Duration length) throws IOException, InterruptedException {
    Path own = Files.createTempDirectory(folder, "pgbench-");
    Path script = Files.writeString(own.resolve("insert.sql"), INSERT + ";\n");
    int threads = Math.min(clients, Runtime.getRuntime().availableProcessors());
    Process process =
        new ProcessBuilder(
                List.of(
                    PROGRAM,
                    "--no-vacuum",
                    "--host=127.0.0.1",
                    "--port=" + port,
                    "--username=" + BenchDatabases.USER,
                    "--protocol=prepared",
                    "--file=" + script,
                    "--client=" + clients,
                    "--jobs=" + threads,
                    "--time=" + Math.max(1, length.toSeconds()),
                    "--log",
                    "--log-prefix=" + own.resolve("log"),
                    "raw"))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher rate = RATE.matcher(output);
    if (process.waitFor() != 0 || !rate.find()) {
      throw new IllegalStateException("pgbench failed: " + output);
    }
    return new Rate(Double.parseDouble(rate.group(1)), latencies(own));
  }

  private static Samples latencies(Path folder) throws IOException {
    var samples = new Samples();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("log.")) {
          try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(line -> samples.add(nanos(line)));
          }
        }
        Files.delete(file);
      }
    }
    Files.delete(folder);
    return samples;
  }

  private static long nanos(String line) {
    return TimeUnit.MICROSECONDS.toNanos(Long.parseLong(line.split(" ", -1)[MICROS_FIELD]));
  }
}
