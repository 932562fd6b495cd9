package io.kiroku.command.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;

/// A real PostgreSQL with the service's schema, for tests that need no more than that.
public final class TestDatabase implements AutoCloseable {
  private final EmbeddedPostgres server;
  private final Vertx vertx = Vertx.vertx();
  public final Pool pool;

  private TestDatabase(EmbeddedPostgres server) {
    this.server = server;
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost("127.0.0.1")
            .setPort(server.getPort())
            .setDatabase("postgres")
            .setUser("postgres")
            .setPassword("postgres")
            .setCachePreparedStatements(true);
    this.pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(4))
            .connectingTo(options)
            .using(vertx)
            .build();
    await(new DatabaseSchema(pool).apply());
  }

  public static TestDatabase start() {
    try {
      return new TestDatabase(
          EmbeddedPostgres.builder()
              .setPgBinaryResolver((_, _) -> binaries())
              .setServerConfig("wal_level", "logical")
              // Off by default here: a slot could not confirm what was committed just now.
              .setServerConfig("synchronous_commit", "on")
              .start());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The first of several equal ones: the launcher brings its own beside ours.
  private static InputStream binaries() {
    return Objects.requireNonNull(
        TestDatabase.class.getResourceAsStream("/postgres-linux-x86_64.txz"));
  }

  public static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }

  public RowSet<Row> query(String sql) {
    return await(pool.query(sql).execute());
  }

  /// The first column of the only row.
  public long number(String sql) {
    return query(sql).iterator().next().getLong(0);
  }

  @Override
  public void close() throws IOException {
    await(pool.close());
    await(vertx.close());
    server.close();
  }
}
