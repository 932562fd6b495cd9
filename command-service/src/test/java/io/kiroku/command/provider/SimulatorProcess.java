package io.kiroku.command.provider;

import io.kiroku.provider.simulator.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/// The provider simulator in a process of its own, to be killed.
public final class SimulatorProcess implements AutoCloseable {
  private static final String GREETING = "listens on port ";

  private final Process running;
  private final int port;

  private SimulatorProcess(Process running, int port) {
    this.running = running;
    this.port = port;
  }

  /// Returns once it serves.
  ///
  /// @param port 0 for any that is free
  public static SimulatorProcess start(int port, Path book) throws IOException {
    Process started =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--port",
                Integer.toString(port),
                "--book",
                book.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader lines = started.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(GREETING)) {
        return new SimulatorProcess(started, Integer.parseInt(line.substring(GREETING.length())));
      }
    }
    throw new IOException("the simulator did not start");
  }

  public int port() {
    return port;
  }

  /// `kill -9`.
  public void kill() throws InterruptedException {
    running.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
