package io.kiroku.eventstore.node.storage;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.LogRecord.Event;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;

/// Records as rows: column by column on the way in, because arrays travel in one message.
final class PostgresRows {
  private PostgresRows() {}

  static void bind(PreparedStatement statement, List<LogRecord> records) throws SQLException {
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
      LogRecord record = records.get(i);
      positions[i] = record.position();
      streams[i] = record.stream();
      revisions[i] = record.revision();
      ids[i] = record.id().toString();
      types[i] = record.type();
      created[i] = record.createdTicks();
      json[i] = record.event().json();
      data[i] = record.event().data().toByteArray();
      metadata[i] = record.event().metadata().toByteArray();
    }
    array(statement, 1, "int8", positions);
    array(statement, 2, "text", streams);
    array(statement, 3, "int8", revisions);
    array(statement, 4, "text", ids);
    array(statement, 5, "text", types);
    array(statement, 6, "int8", created);
    array(statement, 7, "bool", json);
    array(statement, 8, "bytea", data);
    array(statement, 9, "bytea", metadata);
  }

  private static void array(PreparedStatement statement, int index, String type, Object values)
      throws SQLException {
    statement.setArray(
        index, statement.getConnection().unwrap(PGConnection.class).createArrayOf(type, values));
  }

  static LogRecord record(ResultSet rows) throws SQLException {
    Event event =
        new Event(
            rows.getObject(4, UUID.class),
            rows.getString(5),
            rows.getBoolean(7),
            bytes(rows, 8),
            bytes(rows, 9));
    return new LogRecord(
        rows.getLong(1), rows.getString(2), rows.getLong(3), event, rows.getLong(6));
  }

  private static ByteString bytes(ResultSet rows, int column) throws SQLException {
    return UnsafeByteOperations.unsafeWrap(rows.getBytes(column));
  }
}
