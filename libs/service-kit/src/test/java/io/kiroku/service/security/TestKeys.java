package io.kiroku.service.security;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/// Signs tokens as an identity provider would.
public final class TestKeys implements QuarkusTestResourceLifecycleManager {
  private final KeyPair ours = pair();
  static final String ISSUER = "https://kiroku.local";

  @Override
  public Map<String, String> start() {
    try {
      Path pem = Files.createTempFile(Path.of("target"), "public", ".pem");
      String body = Base64.getMimeEncoder().encodeToString(ours.getPublic().getEncoded());
      Files.writeString(
          pem, "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
      return Map.of("KIROKU_JWT_PUBLIC_KEY", pem.toAbsolutePath().toUri().toString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void stop() {}

  /// The tests live in another class loader than this does: a static field would be another pair.
  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(ours, field -> field.getType() == KeyPair.class);
  }

  static JwtClaimsBuilder claims(String user, String... groups) {
    return Jwt.issuer(ISSUER)
        .subject(user)
        .groups(Set.of(groups))
        .issuedAt(Instant.now().minus(Duration.ofHours(2)))
        .expiresIn(Duration.ofHours(4));
  }

  static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
