package io.kiroku.bench;

import io.kiroku.eventstore.PersonKeys;
import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keys that nobody else has: to the services, the persons of a measurement are erased ones.
final class MemoryKeys implements PersonKeys {
  private static final int KEY_BYTES = 32;

  private final Map<String, byte[]> keys = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  @Override
  public Uni<Optional<byte[]>> find(String tenant, String person) {
    return Uni.createFrom().item(Optional.ofNullable(keys.get(tenant + "/" + person)));
  }

  @Override
  public Uni<byte[]> obtain(String tenant, String person) {
    return Uni.createFrom().item(keys.computeIfAbsent(tenant + "/" + person, _ -> fresh()));
  }

  private byte[] fresh() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return key;
  }
}
