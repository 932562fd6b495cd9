package io.kiroku.launcher;

import io.kiroku.launcher.demo.DemoTarget;
import io.kiroku.launcher.platform.PartStatus;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.PlatformException;
import io.kiroku.launcher.platform.Port;
import io.kiroku.launcher.platform.PortPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/// Measures a platform with the benchmark module's own program, in a JVM of its own.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    subcommands = BenchNodeCommand.class,
    description = {
      "Starts the platform if need be and measures it.",
      "Other options go to the benchmark: --seconds N, --warm-up N, --users 40,200",
      "write-side [--seconds N] [--events N] [--sagas N] measures the write side alone",
      "read-side [--seconds N] [--events N] measures read models and queries alone",
      "node measures the event store's node alone, without a platform"
    })
final class BenchCommand implements Callable<Integer> {
  @Mixin private PlatformOptions options = new PlatformOptions();

  @Unmatched private List<String> benchmarkOptions = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Platform platform = options.platform();
    Path jar = jar(platform.layout().root());
    new Startup(platform, System.out).everything();
    return new ProcessBuilder(command(platform, jar)).inheritIO().start().waitFor();
  }

  static Path jar(Path root) {
    Path jar = root.resolve("bench/target/kiroku-bench-0.1.0-SNAPSHOT.jar");
    if (!Files.exists(jar)) {
      throw new PlatformException("the benchmark is not built: " + jar + " is missing");
    }
    return jar;
  }

  private List<String> command(Platform platform, Path jar) {
    DemoTarget target = Targets.of(platform);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-jar", jar.toString()));
    command.addAll(List.of("--gateway", target.gateway().toString()));
    command.addAll(List.of("--socket", target.socket().toString()));
    command.addAll(List.of("--admin-token", target.adminToken()));
    command.addAll(List.of("--customer-token", target.customerToken()));
    PortPlan ports = platform.ports();
    command.addAll(List.of("--commands", ports.address(Port.COMMAND_SERVICE)));
    command.addAll(List.of("--queries", ports.address(Port.QUERY_SERVICE)));
    command.addAll(
        List.of("--event-store", "esdb://" + ports.address(Port.EVENT_STORE) + "?tls=false"));
    command.addAll(List.of("--kafka", ports.address(Port.KAFKA)));
    for (PartStatus part : platform.status()) {
      command.addAll(List.of("--process", part.name() + "=" + part.pid()));
    }
    command.addAll(benchmarkOptions);
    return command;
  }
}
