package io.kiroku.launcher;

import io.kiroku.launcher.platform.Layout;
import io.kiroku.launcher.platform.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows logs with the machine's own `tail`, which follows rotation too.
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows the end of one part's log, or of all.")
final class LogsCommand implements Callable<Integer> {
  @Mixin private PlatformOptions options = new PlatformOptions();

  @Option(
      names = {"-f", "--follow"},
      description = "waits for more, until Ctrl-C")
  private boolean follow;

  @Option(names = "-n", paramLabel = "LINES", defaultValue = "50", description = "lines of each")
  private int lines = 50;

  @Parameters(arity = "0..1", paramLabel = "PART", description = "as ./kiroku status names it")
  private String part = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
    if (follow) {
      command.add("-F");
    }
    files(options.layout()).forEach(file -> command.add(file.toString()));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private List<Path> files(Layout layout) throws IOException {
    if (!part.isEmpty()) {
      Path log = layout.log(part);
      if (!Files.exists(log)) {
        throw new PlatformException("there is no log " + log);
      }
      return List.of(log);
    }
    Path directory = layout.data().resolve("log");
    List<Path> logs = Files.isDirectory(directory) ? logsIn(directory) : List.of();
    if (logs.isEmpty()) {
      throw new PlatformException("there are no logs yet in " + directory);
    }
    return logs;
  }

  private static List<Path> logsIn(Path directory) throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      return found.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }
}
