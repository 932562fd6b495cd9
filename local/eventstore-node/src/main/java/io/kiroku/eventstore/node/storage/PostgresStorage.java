package io.kiroku.eventstore.node.storage;

import io.kiroku.eventstore.node.log.LinkStorage;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.LogStorage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the log in one table of a PostgreSQL database.
///
/// The connection that writes also holds the advisory lock that makes its node the only writer: a
/// node that lost the lock has lost the means to write with it.
public final class PostgresStorage implements LogStorage {
  /// Any constant will do; it is "kiroku" in ASCII.
  private static final long LOCK = 0x6b69726f6b75L;

  private static final int READERS_MAX = 4;

  private final PostgresConnections connections;
  private final PostgresReaders readers;
  private final PostgresLinks links;
  private @Nullable Connection writer;
  private @Nullable PostgresInsert insert;

  public PostgresStorage(String jdbcUrl, @Nullable String user, @Nullable String password) {
    connections = new PostgresConnections(jdbcUrl, user, password);
    readers = new PostgresReaders(connections, READERS_MAX);
    links = new PostgresLinks(connections, readers);
  }

  @Override
  public synchronized long open() {
    closeWriter();
    try {
      Connection connection = connections.open("kiroku-eventstore-node writer");
      writer = connection;
      try (var statement = connection.createStatement()) {
        if (!flag(statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")"))) {
          throw new StorageTaken(
              "Another node writes to this database (advisory lock %d is held)".formatted(LOCK));
        }
        statement.execute("SET synchronous_commit = on");
        statement.execute(PostgresSql.SCHEMA);
        statement.execute(PostgresLinksSql.SCHEMA);
        insert = new PostgresInsert(connection);
        ResultSet end =
            statement.executeQuery("SELECT coalesce(max(position), -1) + 1 FROM log_record");
        end.next();
        return end.getLong(1);
      }
    } catch (SQLException e) {
      closeWriter();
      throw unavailable(e);
    } catch (StorageTaken e) {
      closeWriter();
      throw e;
    }
  }

  @Override
  public synchronized void append(List<LogRecord> records) {
    PostgresInsert open = insert;
    if (open == null) {
      throw unavailable(new SQLException("not open"));
    }
    try {
      open.insert(records);
    } catch (SQLException e) {
      closeWriter();
      throw unavailable(e);
    }
  }

  @Override
  public synchronized void check() {
    Connection connection = writer;
    try {
      if (connection == null) {
        throw new SQLException("not open");
      }
      try (var statement = connection.createStatement()) {
        statement.execute("SELECT 1");
      }
    } catch (SQLException e) {
      closeWriter();
      throw unavailable(e);
    }
  }

  @Override
  public List<LogRecord> read(long position, int countMax) {
    return query(PostgresSql.READ, s -> bind(s, position, countMax));
  }

  @Override
  public List<LogRecord> readBackwards(long position, int countMax) {
    return query(PostgresSql.READ_BACKWARDS, s -> bind(s, position, countMax));
  }

  @Override
  public List<LogRecord> readAt(Collection<Long> positions) {
    return query(
        PostgresSql.READ_AT,
        s -> s.setArray(1, s.getConnection().createArrayOf("int8", positions.toArray())));
  }

  @Override
  public List<LogRecord> readStream(String stream, long revision, int countMax) {
    return query(PostgresSql.READ_STREAM, s -> bind(s, stream, revision, countMax));
  }

  @Override
  public List<LogRecord> readStreamBackwards(String stream, long revision, int countMax) {
    return query(PostgresSql.READ_STREAM_BACKWARDS, s -> bind(s, stream, revision, countMax));
  }

  @Override
  public List<LogRecord> lastOf(Collection<String> streams) {
    return query(
        PostgresSql.LAST_OF,
        s -> s.setArray(1, s.getConnection().createArrayOf("text", streams.toArray())));
  }

  @Override
  public List<LogRecord> metadata() {
    return query(PostgresSql.METADATA, _ -> {});
  }

  private static void bind(PreparedStatement statement, long position, int countMax)
      throws SQLException {
    statement.setLong(1, position);
    statement.setInt(2, countMax);
  }

  private static void bind(PreparedStatement statement, String stream, long revision, int countMax)
      throws SQLException {
    statement.setString(1, stream);
    statement.setLong(2, revision);
    statement.setInt(3, countMax);
  }

  private List<LogRecord> query(String sql, PostgresReaders.Binding binding) {
    try {
      return readers.query(
          sql,
          binding,
          rows -> {
            List<LogRecord> records = new ArrayList<>();
            while (rows.next()) {
              records.add(PostgresRows.record(rows));
            }
            return records;
          });
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private static boolean flag(ResultSet rows) throws SQLException {
    return rows.next() && rows.getBoolean(1);
  }

  static StorageUnavailable unavailable(SQLException e) {
    return new StorageUnavailable("PostgreSQL: " + e.getMessage(), e);
  }

  private void closeWriter() {
    PostgresConnections.close(writer);
    writer = null;
    insert = null;
  }

  @Override
  public LinkStorage links() {
    return links;
  }

  @Override
  public synchronized void close() {
    closeWriter();
    links.close();
    readers.close();
  }
}
