package io.kiroku.eventstore.node.storage;

import io.kiroku.eventstore.node.log.LogRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/// Appends records with one statement: one round trip, one flush. Many travel column by column,
/// because arrays go in one message; a few cost PostgreSQL a quarter less as plain rows.
final class PostgresInsert {
  private static final int ROWS_MAX = 16;

  private final Connection connection;

  /// By the number of rows less one.
  private final List<PreparedStatement> rows = new ArrayList<>();

  private final PreparedStatement columns;

  PostgresInsert(Connection connection) throws SQLException {
    this.connection = connection;
    for (int count = 1; count <= ROWS_MAX; count++) {
      rows.add(connection.prepareStatement(PostgresSql.insertRows(count)));
    }
    columns = connection.prepareStatement(PostgresSql.INSERT_COLUMNS);
  }

  /// Durable once it returns, since the connection commits by itself.
  void insert(List<LogRecord> records) throws SQLException {
    PreparedStatement statement = records.size() <= ROWS_MAX ? byRow(records) : byColumn(records);
    try {
      statement.executeUpdate();
    } finally {
      statement.clearParameters(); // each would hold on to the megabytes of its last group
    }
  }

  private PreparedStatement byRow(List<LogRecord> records) throws SQLException {
    PreparedStatement statement = rows.get(records.size() - 1);
    int index = 0;
    for (LogRecord row : records) {
      statement.setLong(++index, row.position());
      statement.setString(++index, row.stream());
      statement.setLong(++index, row.revision());
      statement.setObject(++index, row.id());
      statement.setString(++index, row.type());
      statement.setLong(++index, row.createdTicks());
      statement.setBoolean(++index, row.event().json());
      statement.setBytes(++index, row.event().data().toByteArray());
      statement.setBytes(++index, row.event().metadata().toByteArray());
    }
    return statement;
  }

  private PreparedStatement byColumn(List<LogRecord> records) throws SQLException {
    int count = records.size();
    long[] positions = new long[count];
    String[] streams = new String[count];
    long[] revisions = new long[count];
    String[] ids = new String[count];
    String[] types = new String[count];
    long[] created = new long[count];
    boolean[] json = new boolean[count];
    byte[][] data = new byte[count][];
    byte[][] metadata = new byte[count][];
    for (int i = 0; i < count; i++) {
      LogRecord row = records.get(i);
      positions[i] = row.position();
      streams[i] = row.stream();
      revisions[i] = row.revision();
      ids[i] = row.id().toString();
      types[i] = row.type();
      created[i] = row.createdTicks();
      json[i] = row.event().json();
      data[i] = row.event().data().toByteArray();
      metadata[i] = row.event().metadata().toByteArray();
    }
    array(1, "int8", positions);
    array(2, "text", streams);
    array(3, "int8", revisions);
    array(4, "text", ids);
    array(5, "text", types);
    array(6, "int8", created);
    array(7, "bool", json);
    array(8, "bytea", data);
    array(9, "bytea", metadata);
    return columns;
  }

  private void array(int index, String type, Object values) throws SQLException {
    columns.setArray(index, connection.unwrap(PGConnection.class).createArrayOf(type, values));
  }
}
