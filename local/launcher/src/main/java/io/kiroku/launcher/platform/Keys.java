package io.kiroku.launcher.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/// The secrets of this one machine, made at first need below `.kiroku/keys`, readable by their
/// owner only. None of them is ever printed.
public final class Keys {
  private static final int RSA_BITS = 2048;
  private static final int MASTER_KEY_BYTES = 32;
  private static final int PASSWORD_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;

  /// Keys in `directory`, which is created if need be.
  public Keys(Path directory) {
    this.directory = directory;
  }

  /// The public half, PEM, that services verify tokens with.
  public Path publicKey() {
    signingKey();
    return directory.resolve("jwt-public.pem");
  }

  /// The private half that signs the local edition's tokens.
  public synchronized PrivateKey signingKey() {
    Path file = directory.resolve("jwt-private.pem");
    try {
      if (!Files.exists(file)) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        KeyPair pair = generator.generateKeyPair();
        // The private key last: where it is, its public half is too.
        write(directory.resolve("jwt-public.pem"), pem("PUBLIC", pair.getPublic().getEncoded()));
        write(file, pem("PRIVATE", pair.getPrivate().getEncoded()));
      }
      String body = Files.readString(file).replaceAll("-----[^-]+-----", "");
      byte[] encoded = Base64.getMimeDecoder().decode(body);
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (IOException | GeneralSecurityException failure) {
      throw new PlatformException("cannot read or write keys in " + directory, failure);
    }
  }

  /// File with the key that encrypts the keys of personal data: 32 random bytes in base64.
  Path masterKey() {
    return secret("master.key", Base64.getEncoder().encodeToString(random(MASTER_KEY_BYTES)));
  }

  /// File with the password of the PostgreSQL role, nothing else in it.
  Path postgresPasswordFile() {
    return secret("postgres.password", HexFormat.of().formatHex(random(PASSWORD_BYTES)));
  }

  /// The password of the PostgreSQL role `postgres`.
  public String postgresPassword() {
    try {
      return Files.readString(postgresPasswordFile()).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private synchronized Path secret(String name, String fresh) {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      write(file, fresh + "\n");
    }
    return file;
  }

  /// By rename, so that a crash leaves either no file or a whole one.
  private void write(Path file, String text) {
    try {
      var ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
      Files.createDirectories(directory, ownerOnly);
      Path fresh = Files.createTempFile(directory, "new", ".tmp"); // mode 600
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static String pem(String kind, byte[] encoded) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN %1$s KEY-----\n%2$s\n-----END %1$s KEY-----\n".formatted(kind, body);
  }
}
