package io.kiroku.eventstore.node.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Opens connections to one database, with timeouts that notice a server that is gone.
record PostgresConnections(String url, @Nullable String user, @Nullable String password) {

  Connection open(String name) throws SQLException {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", name);
    properties.setProperty("connectTimeout", "3");
    properties.setProperty("loginTimeout", "5");
    properties.setProperty("socketTimeout", "30");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("prepareThreshold", "1"); // few statements, used for ever
    // The statements are made for the two indexes: neither a young table's statistics nor an
    // array's length must change that. So each is planned once.
    properties.setProperty(
        "options",
        "-c enable_seqscan=off -c enable_bitmapscan=off -c plan_cache_mode=force_generic_plan");
    return DriverManager.getConnection(url, properties);
  }

  static void close(@Nullable Connection connection) {
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException _) {
      // It is gone, which is what was wanted.
    }
  }
}
