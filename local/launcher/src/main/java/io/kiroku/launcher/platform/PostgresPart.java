package io.kiroku.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// PostgreSQL from binaries inside a jar, with one database for each that keeps data in it.
final class PostgresPart {
  static final String NAME = "postgres";
  static final String USER = "postgres";
  static final String SERVICES = "kiroku";
  static final String EVENT_STORE = "eventstore";
  static final String REGISTRY = "registry";

  private static final String VERSION = "18.6.0";
  private static final String RESOURCE = "/postgres-linux-x86_64.txz";
  private static final Duration START_BOUND = Duration.ofMinutes(1);

  private final Layout layout;
  private final Keys keys;
  private final int port;
  private final Path home;
  private final Path store;
  private final Unprivileged unprivileged = new Unprivileged();

  private PostgresPart(Layout layout, PortPlan ports, Keys keys) {
    this.layout = layout;
    this.keys = keys;
    this.port = ports.of(Port.POSTGRES);
    this.home = layout.binaries().resolve("postgres-" + VERSION);
    this.store = layout.store(NAME);
  }

  static Part of(Layout layout, PortPlan ports, Keys keys) {
    var postgres = new PostgresPart(layout, ports, keys);
    return new Part(
        NAME,
        layout.root(),
        List.of(Port.POSTGRES),
        Set.of(),
        postgres::initialise,
        postgres.command(),
        Map.of(),
        postgres::answers,
        postgres::createDatabases,
        "INT", // fast shutdown: rolls back what is open instead of waiting for clients
        START_BOUND);
  }

  private void initialise() throws IOException, InterruptedException {
    Archive.unpackTarXz(RESOURCE, home);
    Leftovers.end(store);
    if (Files.exists(store.resolve("PG_VERSION"))) {
      // No server of ours runs, so a lock file is a dead one's; its pid may be anybody's by now.
      Files.deleteIfExists(store.resolve("postmaster.pid"));
      return;
    }
    createCluster();
  }

  /// Beside its place first, then by rename: a launcher killed meanwhile leaves nothing that looks
  /// like a database and is none.
  private void createCluster() throws IOException, InterruptedException {
    Path fresh = store.resolveSibling(NAME + ".new");
    Leftovers.end(fresh);
    Wipe.delete(fresh);
    unprivileged.own(fresh);
    Path password = unprivileged.readable(keys.postgresPasswordFile(), fresh);
    List<String> initdb = new ArrayList<>(List.of(binary("initdb"), "-D", fresh.toString()));
    initdb.addAll(List.of("-U", USER, "-A", "scram-sha-256", "--pwfile=" + password));
    initdb.addAll(List.of("-E", "UTF8", "--locale=C", "--no-instructions", "--no-sync"));
    Path log = layout.log("postgres-init");
    Process process =
        new ProcessBuilder(unprivileged.command(initdb))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new PlatformException("initdb failed; see " + log);
    }
    Files.move(fresh, store, StandardCopyOption.ATOMIC_MOVE);
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(List.of(binary("postgres"), "-D", store.toString()));
    Map.ofEntries(
            Map.entry("listen_addresses", Platform.HOST),
            Map.entry("port", Integer.toString(port)),
            Map.entry("unix_socket_directories", ""),
            Map.entry("wal_level", "logical"),
            Map.entry("max_wal_senders", "8"),
            Map.entry("max_replication_slots", "8"),
            Map.entry("max_connections", "120"),
            Map.entry("shared_buffers", "64MB"),
            Map.entry("max_wal_size", "512MB"),
            Map.entry("jit", "off"),
            // Durability stays on: the event log lives here.
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"))
        .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return unprivileged.command(command);
  }

  private String binary(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  private boolean answers() {
    try (Connection connection = connect("postgres")) {
      return connection.isValid((int) Probe.BOUND.toSeconds());
    } catch (SQLException notYet) {
      return false;
    }
  }

  private void createDatabases() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      for (String name : List.of(SERVICES, EVENT_STORE, REGISTRY)) {
        var found =
            statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'");
        if (!found.next()) {
          statement.executeUpdate("CREATE DATABASE " + name);
        }
      }
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s?connectTimeout=2".formatted(Platform.HOST, port, database),
        USER,
        keys.postgresPassword());
  }
}
