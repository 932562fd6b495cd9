package io.kiroku.launcher;

import io.kiroku.launcher.platform.Layout;
import io.kiroku.launcher.platform.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// Runs the chaos module's own program in a JVM of its own.
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = {
      "Kills, pauses and cuts off parts of a platform of its own under orders, then audits it.",
      "",
      "The platform runs on free ports and in a directory of its own, and is taken down afterwards.",
      "0: everything agrees. 1: something does not; data and logs stay for a look.",
      "",
      "  --minutes N               how long faults are injected (default: 10)",
      "  --seed N                  the same faults and orders again",
      "  --commands-per-second N   orders and stock receipts (default: 3)",
      "  --patience SECONDS        how long to wait afterwards without progress (default: 90)",
      "  --data DIR                emptied at the start (default: .kiroku-chaos)"
    })
final class ChaosCommand implements Callable<Integer> {
  @Unmatched private List<String> chaosOptions = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path root = Layout.findRoot();
    Path jar = root.resolve("chaos/target/kiroku-chaos-0.1.0-SNAPSHOT.jar");
    if (!Files.exists(jar)) {
      throw new PlatformException("chaos is not built: " + jar + " is missing");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-Dkiroku.root=" + root));
    // The clients' logs would drown what is done; failures arrive as exceptions.
    command.addAll(List.of("-Dslf4j.internal.verbosity=ERROR", "-jar", jar.toString()));
    command.addAll(chaosOptions);
    Process chaos = new ProcessBuilder(command).inheritIO().start();
    // Ctrl-C reaches both: who typed it gets the prompt back once the platform is down.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> takeDown(chaos), "take-down"));
    return chaos.waitFor();
  }

  private static void takeDown(Process chaos) {
    chaos.destroy();
    chaos.onExit().join();
  }
}
