package io.kiroku.query;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.kiroku.eventstore.node.EventStoreNode;
import io.kiroku.eventstore.node.storage.MemoryStorage;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/// An event store's node, a MongoDB stand-in and an identity provider's keys.
@NullUnmarked // Set at start.
public final class RealParts implements QuarkusTestResourceLifecycleManager {
  private final KeyPair keys = pair();
  private EventStoreNode node;
  private MongoServer mongo;

  @Override
  public Map<String, String> start() {
    node = EventStoreNode.on(new MemoryStorage()).start();
    mongo = new MongoServer(new MemoryBackend());
    mongo.bind();
    return Map.of(
        "KIROKU_EVENTSTORE_URL", node.connectionString(),
        "KIROKU_MONGO_URL", "mongodb://127.0.0.1:" + mongo.getLocalAddress().getPort(),
        "KIROKU_JWT_PUBLIC_KEY", publicKey().toUri().toString());
  }

  private Path publicKey() {
    try {
      Path pem = Files.createTempFile(Path.of("target"), "public", ".pem");
      String body = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
      Files.writeString(
          pem, "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
      return pem.toAbsolutePath();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The tests live in another class loader than this does.
  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(keys, field -> field.getType() == KeyPair.class);
    injector.injectIntoFields(
        node.connectionString(), field -> field.getName().equals("eventStoreUrl"));
  }

  @Override
  public void stop() {
    mongo.shutdownNow();
    node.close();
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
