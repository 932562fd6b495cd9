package io.kiroku.launcher.platform;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/// The outbox as the command service writes it: the same tables, plain SQL.
record Outbox(Platform platform) {
  private static final String INSERT =
      """
      INSERT INTO outbox (id, topic, aggregate_id, type, payload, stream, revision, log_position,
                          correlation_id, causation_id, tenant, traceparent, partition)
      VALUES (?, ?, ?, 'order-placed', ?, 'order-7', 3, 4711, 'corr', NULL, 'default', ?, 5)
      """;

  static final String TOPIC = "kiroku.ordering.events";
  static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  void createTables() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE outbox (
            id uuid PRIMARY KEY, topic text NOT NULL, aggregate_id text NOT NULL,
            type text NOT NULL, payload bytea NOT NULL, stream text NOT NULL,
            revision bigint NOT NULL, log_position bigint NOT NULL, correlation_id text NOT NULL,
            causation_id text, tenant text NOT NULL, traceparent text,
            partition smallint NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
          CREATE TABLE outbox_heartbeat (id int PRIMARY KEY, beat timestamptz)
          """);
    }
  }

  UUID insert(String key, byte[] payload) throws SQLException {
    try (Connection connection = connect()) {
      return insert(connection, key, payload);
    }
  }

  UUID insert(String key) throws SQLException {
    return insert(key, key.getBytes(StandardCharsets.UTF_8));
  }

  static UUID insert(Connection connection, String key, byte[] payload) throws SQLException {
    UUID id = UUID.randomUUID();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, id);
      insert.setString(2, TOPIC);
      insert.setString(3, key);
      insert.setBytes(4, payload);
      insert.setString(5, TRACE);
      insert.executeUpdate();
      return id;
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The first column of the first row, as text.
  String query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  Connection connect() throws SQLException {
    String url = "jdbc:postgresql://" + platform.ports().address(Port.POSTGRES) + "/kiroku";
    return DriverManager.getConnection(url, "postgres", platform.keys().postgresPassword());
  }
}
