package io.kiroku.eventstore.node.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/// A few connections for reading, opened when needed. One that failed is dropped with all that are
/// idle, for they most likely failed too; the query is then tried once more.
final class PostgresReaders {
  private final PostgresConnections connections;
  private final Semaphore places;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  PostgresReaders(PostgresConnections connections, int countMax) {
    this.connections = connections;
    places = new Semaphore(countMax);
  }

  <T> T query(String sql, Binding binding, Rows<T> rows) throws SQLException {
    places.acquireUninterruptibly();
    try {
      Connection pooled = idle.poll();
      if (pooled != null) {
        try {
          return query(pooled, sql, binding, rows);
        } catch (SQLException _) {
          closeIdle();
        }
      }
      return query(connections.open("kiroku-eventstore-node reader"), sql, binding, rows);
    } finally {
      places.release();
    }
  }

  private <T> T query(Connection connection, String sql, Binding binding, Rows<T> rows)
      throws SQLException {
    try {
      T result;
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        binding.bind(statement);
        try (ResultSet found = statement.executeQuery()) {
          result = rows.map(found);
        }
      }
      giveBack(connection);
      return result;
    } catch (SQLException e) {
      PostgresConnections.close(connection);
      throw e;
    }
  }

  private void giveBack(Connection connection) {
    if (closed) {
      PostgresConnections.close(connection);
    } else {
      idle.push(connection);
    }
  }

  private void closeIdle() {
    for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
      PostgresConnections.close(connection);
    }
  }

  void close() {
    closed = true;
    closeIdle();
  }

  /// Sets a statement's parameters.
  interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /// Makes something of a result.
  interface Rows<T> {
    T map(ResultSet rows) throws SQLException;
  }
}
