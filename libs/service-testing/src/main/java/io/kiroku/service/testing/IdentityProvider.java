package io.kiroku.service.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The keys that an identity provider signs tokens with.
public final class IdentityProvider {
  private final KeyPair keys = pair();

  public KeyPair keys() {
    return keys;
  }

  /// The URL of a new file with the public key, for `KIROKU_JWT_PUBLIC_KEY`.
  public String publicKeyLocation() {
    try {
      Path pem = Files.createTempFile(Path.of("target"), "public", ".pem");
      String body = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
      Files.writeString(
          pem, "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
      return pem.toAbsolutePath().toUri().toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
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
