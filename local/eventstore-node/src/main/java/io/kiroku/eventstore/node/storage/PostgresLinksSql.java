package io.kiroku.eventstore.node.storage;

/// The statements of [PostgresLinks].
final class PostgresLinksSql {
  static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS link (
        stream   text COLLATE "C" NOT NULL,
        revision bigint NOT NULL,
        position bigint NOT NULL, -- of the record in log_record
        PRIMARY KEY (stream, revision)
      );
      CREATE TABLE IF NOT EXISTS link_projection (
        name    text PRIMARY KEY,
        enabled boolean NOT NULL,
        next    bigint NOT NULL -- position of the first record not seen
      )
      """;

  static final String PROGRESS = "SELECT name, enabled, next FROM link_projection";

  static final String ENABLE =
      """
      INSERT INTO link_projection VALUES (?, ?, 0)
      ON CONFLICT (name) DO UPDATE SET enabled = excluded.enabled
      """;

  static final String MOVE =
      "UPDATE link_projection SET next = ? WHERE enabled AND next = ? AND name = ANY (?)";

  /// Goes on counting where each stream ends: one look for each stream, not for each link.
  static final String ADD =
      """
      WITH new AS MATERIALIZED (
        SELECT s, p, row_number() OVER (PARTITION BY s ORDER BY p) AS nth
        FROM unnest(?::text[], ?::bigint[]) AS n(s, p)
      ), ends AS MATERIALIZED (
        SELECT s, coalesce((SELECT max(revision) FROM link WHERE stream = s COLLATE "C"), -1) AS last
        FROM (SELECT DISTINCT s FROM new) AS names
      )
      INSERT INTO link SELECT s, last + nth, p FROM new JOIN ends USING (s)
      """;

  static final String FORGET = "DELETE FROM link WHERE stream >= ? AND stream < ?";
  static final String BACK = "UPDATE link_projection SET next = 0 WHERE name = ?";

  private static final String SELECT = "SELECT revision, position FROM link WHERE stream = ? ";

  static final String READ = SELECT + "AND revision >= ? ORDER BY revision LIMIT ?";
  static final String READ_BACKWARDS = SELECT + "AND revision <= ? ORDER BY revision DESC LIMIT ?";
  static final String LAST =
      "SELECT revision, position FROM link WHERE stream = ? ORDER BY revision DESC LIMIT 1";

  private PostgresLinksSql() {}
}
