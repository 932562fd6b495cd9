package io.kiroku.command.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/// Brings the schema to this version of the service. Instances that start together queue at an
/// advisory lock of the transaction.
///
/// Not Flyway: it would bring JDBC, a second driver and a second pool into a process that needs
/// them for one second of its life, and into its native image.
@ApplicationScoped
public class DatabaseSchema {
  private static final Logger LOG = Logger.getLogger(DatabaseSchema.class);
  // Any number, as long as nobody else in this database uses it.
  private static final long LOCK = 0x6B69726F6B75L;

  private final Pool pool;
  private volatile boolean ready;

  DatabaseSchema(Pool pool) {
    this.pool = pool;
  }

  /// Applies what is missing, in one transaction; does nothing the second time.
  public Uni<Void> apply() {
    if (ready) {
      return Uni.createFrom().voidItem();
    }
    return pool.withTransaction(this::applyMissing).invoke(() -> ready = true);
  }

  private Uni<Void> applyMissing(SqlConnection connection) {
    return connection
        .query("SET LOCAL client_min_messages = warning") // "already exists" is no news
        .execute()
        .flatMap(_ ->
            connection.preparedQuery("SELECT pg_advisory_xact_lock($1)").execute(Tuple.of(LOCK)))
        .flatMap(_ ->
            connection
                .query(
                    "CREATE TABLE IF NOT EXISTS schema_version"
                        + " (version int PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())")
                .execute())
        .flatMap(
            _ -> connection.query("SELECT coalesce(max(version), 0) FROM schema_version").execute())
        .flatMap(rows -> applyFrom(connection, rows.iterator().next().getInteger(0) + 1));
  }

  private static Uni<Void> applyFrom(SqlConnection connection, int version) {
    if (version > SchemaScripts.count()) {
      return Uni.createFrom().voidItem();
    }
    LOG.infof("schema: applying version %d", version);
    return connection
        .query(SchemaScripts.read(version))
        .execute()
        .flatMap(_ ->
            connection
                .preparedQuery("INSERT INTO schema_version (version) VALUES ($1)")
                .execute(Tuple.of(version)))
        .flatMap(_ -> applyFrom(connection, version + 1));
  }
}
