package io.kiroku.eventstore.node.storage;

import io.kiroku.eventstore.node.log.LogStorage;
import java.util.Collections;

/// The statements of [PostgresStorage].
final class PostgresSql {
  static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS log_record (
        position bigint PRIMARY KEY,
        stream   text COLLATE "C" NOT NULL,
        revision bigint NOT NULL,
        event_id uuid NOT NULL,
        type     text NOT NULL,
        created  bigint NOT NULL, -- 100 ns ticks since 1970
        json     boolean NOT NULL,
        data     bytea NOT NULL,
        metadata bytea NOT NULL
      );
      CREATE UNIQUE INDEX IF NOT EXISTS log_record_stream ON log_record (stream, revision)
      """;

  static final String INSERT_COLUMNS =
      """
      INSERT INTO log_record
      SELECT p, s, r, i::uuid, t, c, j, d, m
      FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::bigint[],
                  ?::boolean[], ?::bytea[], ?::bytea[]) AS n(p, s, r, i, t, c, j, d, m)
      """;

  static String insertRows(int count) {
    return "INSERT INTO log_record VALUES "
        + String.join(", ", Collections.nCopies(count, "(?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  }

  private static final String COLUMNS =
      "position, stream, revision, event_id, type, created, json, data, metadata";

  private static final String READ_AT_ONCE = "SELECT " + COLUMNS + " FROM log_record ";

  static final String READ = page("position >= ?", "position");
  static final String READ_BACKWARDS = page("position < ?", "position DESC");
  static final String READ_AT = READ_AT_ONCE + "WHERE position = ANY (?) ORDER BY position";
  static final String READ_STREAM = page("stream = ? AND revision >= ?", "revision");
  static final String READ_STREAM_BACKWARDS = page("stream = ? AND revision <= ?", "revision DESC");

  /// Many slow readers of big events are to need little memory. The first record always comes; the
  /// lengths of long values are known unread.
  private static String page(String which, String order) {
    return """
    SELECT %1$s FROM (
      SELECT %1$s, sum(bytes) OVER (ORDER BY %3$s ROWS UNBOUNDED PRECEDING) - bytes AS bytes_before
      FROM (
        SELECT %1$s, octet_length(data) + octet_length(metadata) AS bytes
        FROM log_record WHERE %2$s ORDER BY %3$s LIMIT ?) AS found) AS measured
    WHERE bytes_before < %4$d ORDER BY %3$s\
    """
        .formatted(COLUMNS, which, order, LogStorage.PAGE_BYTES_MAX);
  }

  static final String LAST_OF =
      """
      SELECT r.* FROM unnest(?::text[]) AS n(name) CROSS JOIN LATERAL (
        SELECT position, stream, revision, event_id, type, created, json, data, metadata
        FROM log_record WHERE stream = n.name ORDER BY revision DESC LIMIT 1) r
      """;

  /// `%` follows `$`: the range of names that begin with `$$`.
  static final String METADATA =
      """
      SELECT DISTINCT ON (stream)
        position, stream, revision, event_id, type, created, json, data, metadata
      FROM log_record WHERE stream >= '$$' AND stream < '$%' ORDER BY stream, revision DESC
      """;

  private PostgresSql() {}
}
