package io.kiroku.query;

import io.kiroku.eventstore.node.EventStoreNode;
import io.kiroku.eventstore.node.storage.MemoryStorage;
import io.kiroku.service.testing.IdentityProvider;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/// An event store's node, the local stack's stand-in for MongoDB and an identity provider's keys.
@NullUnmarked // Set at start.
public final class RealParts implements QuarkusTestResourceLifecycleManager {
  private final IdentityProvider identities = new IdentityProvider();
  private EventStoreNode node;
  private MongoProcess mongo;

  @Override
  public Map<String, String> start() {
    node = EventStoreNode.on(new MemoryStorage()).standardProjections(true).start();
    mongo = startMongo();
    return Map.of(
        "KIROKU_EVENTSTORE_URL", node.connectionString(),
        "KIROKU_MONGO_URL", mongo.url(),
        "KIROKU_JWT_PUBLIC_KEY", identities.publicKeyLocation());
  }

  private static MongoProcess startMongo() {
    try {
      return new MongoProcess(Files.createTempDirectory(Path.of("target"), "mongo-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    mongo.close();
    node.close();
  }
}
