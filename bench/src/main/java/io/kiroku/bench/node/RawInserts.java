package io.kiroku.bench.node;

import java.nio.file.Path;
import java.time.Duration;

/// What the database itself can do: rows of an event's size, inserted one at a time, each committed
/// and flushed, by as many connections as there are clients.
sealed interface RawInserts permits PgbenchInserts, JdbcInserts {
  String SCHEMA =
      "CREATE TABLE raw (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, data text NOT NULL)";
  String INSERT = "INSERT INTO raw (data) VALUES ('" + "x".repeat(Proposal.EVENT_BYTES) + "')";

  /// Who inserts.
  String name();

  Rate run(int clients, Duration length) throws Exception;

  /// By PostgreSQL's own pgbench where it is installed, which costs least; else by this program.
  static RawInserts on(BenchDatabases databases, Path folder) throws Exception {
    String url = databases.create("raw");
    try (var connection = java.sql.DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(SCHEMA);
    }
    return PgbenchInserts.installed()
        ? new PgbenchInserts(databases.port(), folder)
        : new JdbcInserts(url);
  }
}
