package io.kiroku.eventstore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// Ids that follow from names: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5
public final class UuidV5 {
  private UuidV5() {}

  /// One part is hashed as it is; of several, each is led by its length, so that no two lists of
  /// parts mean the same.
  public static UUID of(UUID namespace, String... parts) {
    if (parts.length == 1) {
      return of(namespace, parts[0].getBytes(StandardCharsets.UTF_8));
    }
    StringBuilder name = new StringBuilder();
    for (String part : parts) {
      name.append(part.length()).append(':').append(part);
    }
    return of(namespace, name.toString().getBytes(StandardCharsets.UTF_8));
  }

  public static UUID of(UUID namespace, byte[] name) {
    MessageDigest sha1 = digest("SHA-1");
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(namespace.getMostSignificantBits())
            .putLong(namespace.getLeastSignificantBits())
            .array());
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name));
    long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has " + algorithm, e);
    }
  }
}
