package io.kiroku.eventstore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM: https://csrc.nist.gov/pubs/sp/800/38/d/final
final class PersonalCipher {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_PRINT_BYTES = 6;

  // An instance's own: in a static it would be part of a native image.
  private final SecureRandom random = new SecureRandom();

  /// @param keyPrint tells which key it was, without telling the key: a person whose key was erased
  ///   may get a new one, which must not look like tampering
  @SuppressWarnings("ArrayRecordComponent")
  record Sealed(String keyPrint, byte[] nonce, byte[] cipher) {}

  Sealed seal(byte[] key, String boundTo, byte[] clear) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, boundTo);
      return new Sealed(keyPrint(key), nonce, cipher.doFinal(clear));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A personal value cannot be encrypted", e);
    }
  }

  /// Empty if it was sealed with another key. Fails if the cipher was changed or moved.
  Optional<byte[]> open(byte[] key, String boundTo, Sealed sealed) throws IOException {
    if (!sealed.keyPrint().equals(keyPrint(key))) {
      return Optional.empty();
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, sealed.nonce(), boundTo);
      return Optional.of(cipher.doFinal(sealed.cipher()));
    } catch (GeneralSecurityException e) {
      throw new IOException("A personal value was tampered with", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, String boundTo)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(boundTo.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static String keyPrint(byte[] key) {
    byte[] hash = UuidV5.digest("SHA-256").digest(key);
    return HexFormat.of().formatHex(Arrays.copyOf(hash, KEY_PRINT_BYTES));
  }
}
