package io.kiroku.eventstore.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The program itself, in a JVM of its own.
final class NodeProcess implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listens on 127\\.0\\.0\\.1:(\\d+)");

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  private final Process process;
  private final int port;
  private final List<String> output = new CopyOnWriteArrayList<>();

  NodeProcess(String... arguments) throws IOException {
    this(
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()),
        List.of(arguments));
  }

  /// @param program what Java is to run
  NodeProcess(List<String> program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-Xmx256m");
    command.addAll(program);
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    port = awaitPort();
  }

  /// -1 if it ended instead.
  private int awaitPort() throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      output.add(line);
      Matcher matcher = LISTENS.matcher(line);
      if (matcher.find()) {
        Thread.ofPlatform().daemon().start(() -> keep(lines));
        return Integer.parseInt(matcher.group(1));
      }
    }
    return -1;
  }

  /// A program that nobody listens to would wait, sooner or later, for somebody who does.
  private void keep(BufferedReader lines) {
    try {
      lines.lines().forEach(output::add);
    } catch (UncheckedIOException _) {
      // It was killed.
    }
  }

  String connectionString() {
    return "esdb://127.0.0.1:%d?tls=false".formatted(port);
  }

  List<String> output() {
    return output;
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return port;
  }

  /// Bytes of all objects that are reachable.
  long liveBytes() throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process histogram =
        new ProcessBuilder(jcmd, Long.toString(pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher total = TOTAL.matcher(text);
    if (!total.find()) {
      throw new IOException(text);
    }
    return Long.parseLong(total.group(1));
  }

  int exitCode() throws InterruptedException {
    process.waitFor(20, TimeUnit.SECONDS);
    return process.exitValue();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// As an operator would: SIGTERM.
  void stop() {
    process.destroy();
  }

  @Override
  public void close() throws Exception {
    kill();
  }
}
