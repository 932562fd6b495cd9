package io.kiroku.eventstore.node.storage;

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

  static final String INSERT =
      """
      INSERT INTO log_record
      SELECT p, s, r, i::uuid, t, c, j, d, m
      FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::bigint[],
                  ?::boolean[], ?::bytea[], ?::bytea[]) AS n(p, s, r, i, t, c, j, d, m)
      """;

  private static final String SELECT =
      "SELECT position, stream, revision, event_id, type, created, json, data, metadata"
          + " FROM log_record ";

  static final String READ = SELECT + "WHERE position >= ? ORDER BY position LIMIT ?";
  static final String READ_BACKWARDS = SELECT + "WHERE position < ? ORDER BY position DESC LIMIT ?";
  static final String READ_AT = SELECT + "WHERE position = ANY (?) ORDER BY position";
  static final String READ_STREAM =
      SELECT + "WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?";
  static final String READ_STREAM_BACKWARDS =
      SELECT + "WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?";

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
