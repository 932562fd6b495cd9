package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.stack.mongo.MongoStandIn;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// The local stack's stand-in for MongoDB, with the libraries it is packaged with, in a JVM of its
/// own; its documents are in a folder.
final class MongoProcess implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String UP = "up";
  private static final File LOG = Path.of("target", "mongo-stand-in.log").toFile();

  private final Path folder;
  private final int port;
  private Process process;

  MongoProcess(Path folder) throws IOException {
    this.folder = folder;
    this.port = ServiceProcess.freePort();
    this.process = start();
  }

  /// What the process runs: the folder, and the port.
  public static void main(String[] arguments) throws Exception {
    MongoStandIn.start(Path.of(arguments[0]), HOST, Integer.parseInt(arguments[1]));
    System.out.println(UP);
    new CountDownLatch(1).await();
  }

  String url() {
    return "mongodb://" + HOST + ":" + port;
  }

  /// As `kill -9` does.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// In the same place, with what the folder has kept.
  void startAgain() throws IOException {
    assertThat(process.isAlive()).isFalse();
    process = start();
  }

  private Process start() throws IOException {
    Process started =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                MongoProcess.class.getName(),
                folder.toString(),
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.appendTo(LOG))
            .start();
    BufferedReader lines = started.inputReader();
    assertThat(lines.readLine()).isEqualTo(UP);
    return started;
  }

  /// Quarkus' tests find classes where others find the jar; the libraries are beside either.
  private static String classPath() {
    Path standIn = placeOf(MongoStandIn.class);
    return String.join(
        File.pathSeparator,
        standIn.toString(),
        standIn.resolveSibling("lib").resolve("*").toString(),
        placeOf(MongoProcess.class).toString());
  }

  private static Path placeOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  @Override
  public void close() {
    kill();
  }
}
