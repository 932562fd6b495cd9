package io.kiroku.eventstore.node.storage;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.LogRecord.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// Rows as records.
final class PostgresRows {
  private PostgresRows() {}

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
