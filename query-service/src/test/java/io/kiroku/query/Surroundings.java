package io.kiroku.query;

import io.kiroku.eventstore.node.EventStoreNode;
import io.kiroku.service.testing.IdentityProvider;
import java.io.IOException;
import java.security.KeyPair;
import java.util.Map;

/// What packaged services have around them: an event store's node, who records events there, a
/// database, and an identity provider's keys.
final class Surroundings implements AutoCloseable {
  private final EventStoreNode node = EventStoreNode.inMemory().start();
  private final CommandSide commands = new CommandSide(node.connectionString());
  private final IdentityProvider identities = new IdentityProvider();
  private final Map<String, String> environment;

  Surroundings(String mongoUrl) {
    environment =
        Map.of(
            "KIROKU_EVENTSTORE_URL", node.connectionString(),
            "KIROKU_MONGO_URL", mongoUrl,
            "KIROKU_JWT_PUBLIC_KEY", identities.publicKeyLocation());
  }

  ServiceProcess startService() throws IOException {
    return new ServiceProcess(environment);
  }

  CommandSide commands() {
    return commands;
  }

  KeyPair keys() {
    return identities.keys();
  }

  @Override
  public void close() {
    commands.close();
    node.close();
  }
}
