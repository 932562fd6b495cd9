package io.kiroku.eventstore.node;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/// One real PostgreSQL for all tests, with a fresh database for each that asks.
public final class Postgres {
  public static final String USER = "postgres";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private Postgres() {}

  private static final class Holder {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> close(server)));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void close(EmbeddedPostgres server) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// JDBC URL of a new, empty database.
  public static String database() throws SQLException {
    String name = "log" + DATABASES.incrementAndGet();
    try (var connection = Holder.SERVER.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return Holder.SERVER.getJdbcUrl(USER, name);
  }

  /// Prints the URL of a database for tests that are no Java, and keeps it until stdin ends.
  public static void main(String[] arguments) throws Exception {
    System.out.println(database());
    System.in.transferTo(OutputStream.nullOutputStream());
  }
}
