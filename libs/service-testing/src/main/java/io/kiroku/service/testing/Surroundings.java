package io.kiroku.service.testing;

import java.security.KeyPair;
import java.util.Map;

/// What a service that follows jobs needs, started before it: Redis, Kafka, a key to verify tokens,
/// and a schema registry.
public final class Surroundings implements AutoCloseable {
  private final IdentityProvider identities = new IdentityProvider();
  private final TestRedis redis;
  private final TestKafka kafka;
  private final TestSchemaRegistry registry;

  private Surroundings(TestRedis redis, TestKafka kafka, TestSchemaRegistry registry) {
    this.redis = redis;
    this.kafka = kafka;
    this.registry = registry;
  }

  public static Surroundings start(String... topics) {
    TestRedis redis = TestRedis.start();
    try {
      return new Surroundings(redis, TestKafka.start(topics), TestSchemaRegistry.start());
    } catch (RuntimeException failure) {
      redis.close();
      throw failure;
    }
  }

  public TestRedis redis() {
    return redis;
  }

  public KeyPair keys() {
    return identities.keys();
  }

  /// Where a service finds them, by the names it looks for.
  public Map<String, String> environment() {
    return Map.of(
        "KIROKU_REDIS_URL", redis.url(),
        "KIROKU_KAFKA_BOOTSTRAP", kafka.bootstrap(),
        "KIROKU_SCHEMA_REGISTRY_URL", registry.url(),
        "KIROKU_JWT_PUBLIC_KEY", identities.publicKeyLocation());
  }

  @Override
  public void close() {
    registry.close();
    kafka.close();
    redis.close();
  }
}
