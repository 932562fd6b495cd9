package io.kiroku.chaos.audit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/// The command service's database, asked directly.
record Database(String url, String user, String password) {

  /// First column → second column.
  Map<String, String> pairs(String query) {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      Map<String, String> pairs = new LinkedHashMap<>();
      while (rows.next()) {
        pairs.put(rows.getString(1), rows.getString(2));
      }
      return pairs;
    } catch (SQLException away) {
      throw new IllegalStateException("PostgreSQL: " + away.getMessage(), away);
    }
  }
}
