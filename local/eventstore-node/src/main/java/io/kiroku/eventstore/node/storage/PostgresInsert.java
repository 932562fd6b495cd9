package io.kiroku.eventstore.node.storage;

import io.kiroku.eventstore.node.log.LogRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Appends records with one statement: one round trip, one flush. Many travel column by column,
/// because arrays go in one message; a few cost PostgreSQL a quarter less as plain rows.
final class PostgresInsert {
  private static final int ROWS_MAX = 16;

  private final Connection connection;
  private final @Nullable PreparedStatement[] rows = new PreparedStatement[ROWS_MAX + 1];
  private @Nullable PreparedStatement columns;

  PostgresInsert(Connection connection) {
    this.connection = connection;
  }

  /// Durable once it returns, since the connection commits by itself.
  void insert(List<LogRecord> records) throws SQLException {
    PreparedStatement statement = records.size() <= ROWS_MAX ? byRow(records) : byColumn(records);
    statement.executeUpdate();
  }

  private PreparedStatement byRow(List<LogRecord> records) throws SQLException {
    PreparedStatement statement = rows(records.size());
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

  private PreparedStatement rows(int count) throws SQLException {
    PreparedStatement known = rows[count];
    if (known != null) {
      return known;
    }
    PreparedStatement statement = connection.prepareStatement(PostgresSql.insertRows(count));
    rows[count] = statement;
    return statement;
  }

  private PreparedStatement columns() throws SQLException {
    PreparedStatement known = columns;
    if (known != null) {
      return known;
    }
    PreparedStatement statement = connection.prepareStatement(PostgresSql.INSERT_COLUMNS);
    columns = statement;
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
    PreparedStatement statement = columns();
    array(statement, 1, "int8", positions);
    array(statement, 2, "text", streams);
    array(statement, 3, "int8", revisions);
    array(statement, 4, "text", ids);
    array(statement, 5, "text", types);
    array(statement, 6, "int8", created);
    array(statement, 7, "bool", json);
    array(statement, 8, "bytea", data);
    array(statement, 9, "bytea", metadata);
    return statement;
  }

  private void array(PreparedStatement statement, int index, String type, Object values)
      throws SQLException {
    statement.setArray(index, connection.unwrap(PGConnection.class).createArrayOf(type, values));
  }
}
