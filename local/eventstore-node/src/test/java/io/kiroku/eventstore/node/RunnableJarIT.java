package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ReadStreamOptions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The jar that has everything in it, alone in a directory.
final class RunnableJarIT {
  @TempDir private Path directory = Path.of("");

  private NodeProcess run(String... arguments) throws IOException {
    Path jar = directory.resolve("kiroku-eventstore-node.jar");
    try (Stream<Path> built = Files.list(Path.of("target"))) {
      Files.copy(
          built.filter(path -> path.toString().endsWith("-runnable.jar")).findFirst().orElseThrow(),
          jar);
    }
    return new NodeProcess(List.of("-jar", jar.toString()), List.of(arguments));
  }

  @Test
  void it_explains_its_options() throws Exception {
    try (NodeProcess help = run("--help")) {
      assertThat(help.exitCode()).isZero();
      assertThat(String.join("\n", help.output()))
          .contains("--host", "--port", "--storage", "--max-append-size", "Exit codes:");
    }
  }

  @Test
  void it_serves_both_protocols_from_postgresql_and_stops_when_told() throws Exception {
    String database = "postgres:" + Postgres.database();
    try (NodeProcess node = run("--port", "0", "--storage", database)) {
      EventStoreDBClient client =
          EventStoreDBClient.create(
              EventStoreDBConnectionString.parseOrThrow(node.connectionString()));
      NodeTest.result(client.appendToStream("s", NodeTest.events(2)));
      assertThat(NodeTest.result(client.readStream("s", ReadStreamOptions.get())).getEvents())
          .hasSize(2);
      NodeTest.result(client.shutdown());

      URI health = URI.create("http://127.0.0.1:%d/health/live".formatted(node.port()));
      assertThat(((HttpURLConnection) health.toURL().openConnection()).getResponseCode())
          .isEqualTo(204);

      node.stop();
      assertThat(node.exitCode()).isEqualTo(143);
    }
  }
}
