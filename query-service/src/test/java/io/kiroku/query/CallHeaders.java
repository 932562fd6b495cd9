package io.kiroku.query;

import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.kiroku.service.security.CallMetadata;
import io.smallrye.jwt.build.Jwt;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What a client sends along with a call.
final class CallHeaders {
  private CallHeaders() {}

  /// @param user empty for nobody
  /// @param token of consistency; empty for none
  static ClientInterceptor of(KeyPair keys, String user, String token, String... groups) {
    return of(keys, "default", user, token, List.of(groups));
  }

  static ClientInterceptor of(
      KeyPair keys, String tenant, String user, String token, List<String> groups) {
    Metadata metadata = new Metadata();
    if (!user.isEmpty()) {
      String bearer =
          Jwt.issuer("https://kiroku.local")
              .subject(user)
              .groups(Set.copyOf(groups))
              .claim("tenant", tenant)
              .expiresIn(Duration.ofHours(1))
              .jws()
              .sign(keys.getPrivate());
      metadata.put(CallMetadata.AUTHORIZATION, "Bearer " + bearer);
    }
    if (!token.isEmpty()) {
      metadata.put(CallMetadata.CONSISTENCY_TOKEN, token);
    }
    return MetadataUtils.newAttachHeadersInterceptor(metadata);
  }
}
