package io.kiroku.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path directory;

  @Test
  void theSignatureHoldsUnderThePublicKeyOnDiskAndNoLongerOnceAByteChanges() throws Exception {
    String[] parts = token(Tokens.Role.writer).split("\\.", -1);
    assertThat(verifies(parts[0] + "." + parts[1], parts[2])).isTrue();
    assertThat(verifies(parts[0] + "." + parts[1] + "x", parts[2])).isFalse();
  }

  @Test
  void claimsNameIssuerUserTenantAndExpiry() throws Exception {
    JsonNode claims = claims(token(Tokens.Role.reader));
    assertThat(claims.path("iss").asText()).isEqualTo("https://kiroku.local");
    assertThat(claims.path("sub").asText()).isEqualTo("mika");
    assertThat(claims.path("upn").asText()).isEqualTo("mika");
    assertThat(claims.path("tenant").asText()).isEqualTo("default");
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3600);
  }

  @Test
  void aHigherRoleIncludesTheLowerOnes() throws Exception {
    assertThat(groups(Tokens.Role.reader)).containsExactly("reader");
    assertThat(groups(Tokens.Role.writer)).containsExactly("writer", "reader");
    assertThat(groups(Tokens.Role.admin)).containsExactly("admin", "writer", "reader");
  }

  @Test
  void keysStayTheSameAndOnlyTheirOwnerMayReadThem() throws Exception {
    var keys = new Keys(directory.resolve("keys"));
    assertThat(keys.signingKey()).isEqualTo(new Keys(directory.resolve("keys")).signingKey());
    byte[] master = Base64.getDecoder().decode(Files.readString(keys.masterKey()).strip());
    assertThat(master).hasSize(32);
    for (Path secret : List.of(keys.masterKey(), keys.postgresPasswordFile())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .isEqualTo("rw-------");
    }
  }

  private String token(Tokens.Role role) {
    return new Tokens(new Keys(directory).signingKey())
        .sign(role, "mika", NOW, Duration.ofHours(1));
  }

  private List<String> groups(Tokens.Role role) throws Exception {
    return claims(token(role)).path("groups").valueStream().map(JsonNode::asText).toList();
  }

  private boolean verifies(String signed, String signature) throws Exception {
    Signature rsa = Signature.getInstance("SHA256withRSA");
    rsa.initVerify(publicKey());
    rsa.update(signed.getBytes(StandardCharsets.US_ASCII));
    return rsa.verify(Base64.getUrlDecoder().decode(signature));
  }

  private PublicKey publicKey() throws Exception {
    String pem =
        Files.readString(new Keys(directory).publicKey()).replaceAll("-----[^-]+-----", "");
    byte[] encoded = Base64.getMimeDecoder().decode(pem);
    return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static JsonNode claims(String token) throws Exception {
    return new JsonMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
  }
}
