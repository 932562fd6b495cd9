package io.kiroku.launcher;

import io.kiroku.launcher.platform.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// Measures the event store's node alone: no platform is started, and none is in its way. All
/// options, also `--help`, go to the benchmark.
@Command(
    name = "node",
    description = "Measures the EventStoreDB-compatible node alone, without the platform.")
final class BenchNodeCommand implements Callable<Integer> {
  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path root = Layout.findRoot();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-Xmn192m", "-XX:+UseSerialGC"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    command.add("-Dio.grpc.netty.shaded.io.netty.leakDetectionLevel=disabled");
    // It is on the benchmark's class path, and complains if it is not the one.
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    command.addAll(List.of("-cp", BenchCommand.jar(root).toString()));
    command.add("io.kiroku.bench.node.NodeBench");
    Path module = root.resolve("local/eventstore-node");
    command.addAll(List.of("--node", module + "/target/kiroku-eventstore-node-0.1.0-SNAPSHOT.jar"));
    command.addAll(List.of("--folder", root.resolve("bench/target").toString()));
    command.addAll(options);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
