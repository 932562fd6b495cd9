package io.kiroku.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/// Tells whether the outbox is there: command-service creates it at its first start.
final class OutboxTable {
  private static final String BOTH_TABLES =
      "SELECT to_regclass('public.outbox') IS NOT NULL"
          + " AND to_regclass('public.outbox_heartbeat') IS NOT NULL";

  private final String url;
  private final Properties login = new Properties();

  OutboxTable(StackOptions options) {
    this.url =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(StackOptions.HOST, options.postgresPort, options.postgresDatabase);
    login.setProperty("user", options.postgresUser);
    login.setProperty("password", options.postgresPassword);
    login.setProperty("connectTimeout", "2");
    login.setProperty("socketTimeout", "5");
  }

  /// False too while PostgreSQL cannot be reached: both end by waiting.
  boolean exists() {
    try (Connection connection = DriverManager.getConnection(url, login);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(BOTH_TABLES)) {
      return row.next() && row.getBoolean(1);
    } catch (SQLException unreachable) {
      return false;
    }
  }
}
