package io.kiroku.command.personalkeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The key that protects the persons' keys: AES-256-GCM, a random nonce before the ciphertext,
/// bound to the person, so that a wrapped key is of no use in another row.
final class MasterKey {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  // Not static: its seed must not become part of a native image.
  private final SecureRandom random = new SecureRandom();

  MasterKey(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("The master key must have " + KEY_BYTES + " bytes");
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  /// @param file holds 32 bytes in base64
  static MasterKey read(Path file) {
    try {
      return new MasterKey(Base64.getDecoder().decode(Files.readString(file).strip()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The master key cannot be read", unreadable);
    }
  }

  /// A new key for a person, in the clear.
  byte[] newKey() {
    byte[] fresh = new byte[KEY_BYTES];
    random.nextBytes(fresh);
    return fresh;
  }

  byte[] wrap(String tenant, String person, byte[] personKey) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed =
        crypt(Cipher.ENCRYPT_MODE, nonce, tenant, person, personKey, 0, personKey.length);
    byte[] wrapped = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, wrapped, NONCE_BYTES, sealed.length);
    return wrapped;
  }

  byte[] unwrap(String tenant, String person, byte[] wrapped) {
    byte[] nonce = Arrays.copyOf(wrapped, NONCE_BYTES);
    return crypt(
        Cipher.DECRYPT_MODE,
        nonce,
        tenant,
        person,
        wrapped,
        NONCE_BYTES,
        wrapped.length - NONCE_BYTES);
  }

  private byte[] crypt(
      int mode, byte[] nonce, String tenant, String person, byte[] data, int from, int length) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD((tenant + '\n' + person).getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(data, from, length);
    } catch (GeneralSecurityException wrongKey) {
      throw new IllegalStateException("A person's key does not fit the master key", wrongKey);
    }
  }
}
