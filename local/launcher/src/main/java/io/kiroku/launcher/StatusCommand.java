package io.kiroku.launcher;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.kiroku.launcher.platform.PartStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Shows every part; the exit code says whether all of them run.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows every part. Exit code 0 if all are healthy, else 1.")
final class StatusCommand implements Callable<Integer> {
  @Mixin private PlatformOptions options = new PlatformOptions();

  @Option(names = "--json", description = "the same as a JSON array")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<PartStatus> parts = options.platform().status();
    System.out.print(json ? asJson(parts) : asTable(parts));
    boolean allUp = parts.stream().allMatch(p -> p.state() == PartStatus.State.RUNNING);
    return allUp ? 0 : Kiroku.FAILED;
  }

  private static String asTable(List<PartStatus> parts) {
    var table = new StringBuilder();
    table.append(
        "%-18s %-10s %8s %9s %9s  %s%n"
            .formatted("part", "state", "pid", "MiB", "uptime", "ports"));
    for (PartStatus part : parts) {
      boolean runs = part.pid() != 0;
      table.append(
          "%-18s %-10s %8s %9s %9s  %s%n"
              .formatted(
                  part.name(),
                  state(part),
                  runs ? part.pid() : "-",
                  runs ? part.memoryBytes() >> 20 : "-",
                  runs ? words(part.uptime()) : "-",
                  part.ports().stream().map(String::valueOf).collect(Collectors.joining(" "))));
    }
    long bytes = parts.stream().mapToLong(PartStatus::memoryBytes).sum();
    return table.append("%-18s %29d%n".formatted("total", bytes >> 20)).toString();
  }

  private static String asJson(List<PartStatus> parts) throws IOException {
    JsonMapper mapper = new JsonMapper();
    ArrayNode array = mapper.createArrayNode();
    for (PartStatus part : parts) {
      var node = array.addObject();
      node.put("name", part.name());
      node.put("state", state(part));
      node.put("pid", part.pid());
      part.ports().forEach(node.putArray("ports")::add);
      node.put("memoryBytes", part.memoryBytes());
      node.put("uptimeMillis", part.uptime().toMillis());
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(array) + "\n";
  }

  private static String state(PartStatus part) {
    return part.state().name().toLowerCase(Locale.ROOT);
  }

  private static String words(Duration uptime) {
    return uptime.toHours() > 0
        ? "%dh%02dm".formatted(uptime.toHours(), uptime.toMinutesPart())
        : "%dm%02ds".formatted(uptime.toMinutes(), uptime.toSecondsPart());
  }
}
