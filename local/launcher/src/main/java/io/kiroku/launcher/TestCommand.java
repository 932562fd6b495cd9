package io.kiroku.launcher;

import io.kiroku.launcher.platform.Layout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/// Runs every test of every module, the end-to-end tests included, on free ports of their own.
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Builds everything and runs all tests; a platform that runs is not touched.",
      "Other options go to Maven, for example: -pl domain"
    })
final class TestCommand implements Callable<Integer> {
  @Mixin private PlatformOptions options = new PlatformOptions();

  @Unmatched private List<String> mavenOptions = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Layout layout = options.layout();
    Path log = layout.log("test");
    Files.createDirectories(Objects.requireNonNull(log.getParent()));
    List<String> command = new ArrayList<>(List.of(layout.root().resolve("mvnw").toString()));
    command.addAll(List.of("-f", layout.root().resolve("pom.xml").toString(), "verify"));
    command.addAll(mavenOptions);
    Process maven = new ProcessBuilder(command).redirectErrorStream(true).start();
    var report = new TestReport(System.out);
    try (BufferedReader lines = maven.inputReader(StandardCharsets.UTF_8);
        Writer copy = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.write(line + "\n");
        report.hear(line);
      }
    }
    return report.conclude(maven.waitFor(), log);
  }
}
