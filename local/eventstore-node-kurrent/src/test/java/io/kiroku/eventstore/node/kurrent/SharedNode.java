package io.kiroku.eventstore.node.kurrent;

import io.kiroku.eventstore.node.EventStoreNode;
import io.kiroku.eventstore.node.Postgres;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.KurrentDBConnectionString;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A node for all tests of the run, started by the first that asks. One client of it serves all.
@SuppressWarnings("ImmutableEnumChecker") // what one of them holds is started late and closed
enum SharedNode {
  MEMORY,
  POSTGRES;

  private @Nullable EventStoreNode node;
  private @Nullable KurrentDBClient client;

  synchronized KurrentDBClient client() throws SQLException {
    if (client == null) {
      node = builder().standardProjections(true).start();
      String address = node.connectionString().replace("esdb://", "kurrentdb://");
      client = KurrentDBClient.create(KurrentDBConnectionString.parseOrThrow(address));
    }
    return client;
  }

  private EventStoreNode.Builder builder() throws SQLException {
    return switch (this) {
      case MEMORY -> EventStoreNode.inMemory();
      case POSTGRES -> EventStoreNode.onPostgres(Postgres.database(), Postgres.USER, null);
    };
  }

  /// The node first: a client with open calls takes seconds to give up on them.
  synchronized void close() {
    if (node != null && client != null) {
      node.close();
      client.shutdown().join();
    }
  }
}
