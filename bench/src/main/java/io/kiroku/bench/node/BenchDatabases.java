package io.kiroku.bench.node;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// A PostgreSQL that flushes each commit to the disk, with databases for those who ask.
final class BenchDatabases implements AutoCloseable {
  static final String USER = "postgres";

  private final EmbeddedPostgres server;
  private final Path store;

  private BenchDatabases(EmbeddedPostgres server, Path store) {
    this.server = server;
    this.store = store;
  }

  /// @param folder on the disk that is to be measured; holds the data until this is closed
  static BenchDatabases start(Path folder) throws IOException, SQLException {
    Files.createDirectories(folder);
    Path store = Files.createTempDirectory(folder, "node-bench-");
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(store)
            .setCleanDataDirectory(true)
            .setServerConfig("max_connections", "120")
            .setServerConfig("fsync", "on") // embedded servers do without by default
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_wal_size", "4GB")
            .setServerConfig("jit", "off")
            .start();
    var databases = new BenchDatabases(server, store);
    databases.requireDurability();
    return databases;
  }

  private void requireDurability() throws SQLException {
    for (String setting : new String[] {"fsync", "synchronous_commit"}) {
      try (Connection connection = server.getPostgresDatabase().getConnection();
          var statement = connection.createStatement();
          var rows = statement.executeQuery("SHOW " + setting)) {
        rows.next();
        if (!rows.getString(1).equals("on")) {
          throw new IllegalStateException("PostgreSQL runs with " + setting + " off");
        }
      }
    }
  }

  /// A new database; returns its JDBC URL.
  String create(String name) throws SQLException {
    execute("CREATE DATABASE " + name);
    return server.getJdbcUrl(USER, name);
  }

  /// What a measurement has left dirty is not to be written during the next one.
  void checkpoint() throws SQLException {
    execute("CHECKPOINT");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  int port() {
    return server.getPort();
  }

  /// Of the process that all others of the server descend from.
  long pid() throws IOException {
    return Long.parseLong(Files.readAllLines(store.resolve("postmaster.pid")).getFirst().strip());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
