package io.kiroku.query;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.kiroku.eventstore.node.EventStoreNode;
import io.kiroku.eventstore.node.storage.MemoryStorage;
import io.kiroku.service.testing.IdentityProvider;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.security.KeyPair;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/// An event store's node, a MongoDB stand-in and an identity provider's keys.
@NullUnmarked // Set at start.
public final class RealParts implements QuarkusTestResourceLifecycleManager {
  private final IdentityProvider identities = new IdentityProvider();
  private EventStoreNode node;
  private MongoServer mongo;

  @Override
  public Map<String, String> start() {
    node = EventStoreNode.on(new MemoryStorage()).standardProjections(true).start();
    mongo = new MongoServer(new MemoryBackend());
    mongo.bind();
    return Map.of(
        "KIROKU_EVENTSTORE_URL", node.connectionString(),
        "KIROKU_MONGO_URL", "mongodb://127.0.0.1:" + mongo.getLocalAddress().getPort(),
        "KIROKU_JWT_PUBLIC_KEY", identities.publicKeyLocation());
  }

  /// The tests live in another class loader than this does.
  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(identities.keys(), field -> field.getType() == KeyPair.class);
    injector.injectIntoFields(
        node.connectionString(), field -> field.getName().equals("eventStoreUrl"));
  }

  @Override
  public void stop() {
    mongo.shutdownNow();
    node.close();
  }
}
