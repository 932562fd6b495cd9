package io.kiroku.bench.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A running node.
final class NodeProcess implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listens on 127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final long begunNanos;
  private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();
  private int port;

  private NodeProcess(Process process, long begunNanos) {
    this.process = process;
    this.begunNanos = begunNanos;
  }

  /// Returns once it listens. Fails with what it said if it does not.
  static NodeProcess start(List<String> command) throws IOException {
    long begun = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    var node = new NodeProcess(process, begun);
    node.awaitPort();
    return node;
  }

  private void awaitPort() throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      output.add(line);
      Matcher listens = LISTENS.matcher(line);
      if (listens.find()) {
        port = Integer.parseInt(listens.group(1));
        Thread.ofVirtual().start(() -> readOn(lines));
        return;
      }
    }
    throw new IllegalStateException("the node did not start: " + String.join("\n", output));
  }

  private void readOn(BufferedReader lines) {
    try {
      lines.lines().forEach(output::add);
    } catch (UncheckedIOException _) {
      // It was ended, and its output with it.
    }
  }

  /// Since its process began.
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - begunNanos);
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /// Whether it is there and never ran out of memory.
  boolean unharmed() {
    return process.isAlive() && output.stream().noneMatch(line -> line.contains("OutOfMemory"));
  }

  /// In order, as an operator would.
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    try {
      process.inputReader(StandardCharsets.UTF_8).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
