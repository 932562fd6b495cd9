package io.kiroku.launcher.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Signs the local edition's own JSON Web Tokens (RS256); elsewhere an OIDC provider does.
///
/// See <https://www.rfc-editor.org/rfc/rfc7519> and, for the signature,
/// <https://www.rfc-editor.org/rfc/rfc7515>.
public record Tokens(PrivateKey key) {
  /// Who the services expect to have signed.
  public static final String ISSUER = "https://kiroku.local";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /// What a token allows; a higher role includes the lower ones. Spelt as in the token.
  public enum Role {
    /// Reads.
    reader,
    /// Reads and writes its own.
    writer,
    /// May do everything.
    admin;

    private List<String> groups() {
      return switch (this) {
        case reader -> List.of("reader");
        case writer -> List.of("writer", "reader");
        case admin -> List.of("admin", "writer", "reader");
      };
    }
  }

  /// A token for `user`, valid from now for `ttl`.
  public String sign(Role role, String user, Instant now, Duration ttl) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", ISSUER);
    claims.put("sub", user);
    claims.put("upn", user);
    claims.put("groups", role.groups());
    claims.put("tenant", "default");
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(ttl).getEpochSecond());
    claims.put("jti", UUID.randomUUID().toString());
    String signed = part(Map.of("alg", "RS256", "typ", "JWT")) + "." + part(claims);
    return signed + "." + BASE64.encodeToString(signature(signed));
  }

  private byte[] signature(String signed) {
    try {
      Signature rsa = Signature.getInstance("SHA256withRSA");
      rsa.initSign(key);
      rsa.update(signed.getBytes(StandardCharsets.US_ASCII));
      return rsa.sign();
    } catch (GeneralSecurityException failure) {
      throw new PlatformException("cannot sign", failure);
    }
  }

  private static String part(Map<String, ?> content) {
    try {
      return BASE64.encodeToString(JSON.writeValueAsBytes(content));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
