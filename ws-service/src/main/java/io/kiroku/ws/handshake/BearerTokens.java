package io.kiroku.ws.handshake;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/// Where a handshake may carry its token. Browsers can set no header on a WebSocket, hence the
/// other two places.
final class BearerTokens {
  private static final String SCHEME = "Bearer ";
  private static final String QUERY = "access_token";
  private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";
  private static final String SUBPROTOCOL_PREFIX = "bearer.";

  private BearerTokens() {}

  static Optional<String> of(HttpServerRequest handshake) {
    return header(handshake)
        .or(() -> subprotocol(handshake))
        .or(() -> Optional.ofNullable(handshake.getParam(QUERY)))
        .filter(token -> !token.isBlank());
  }

  private static Optional<String> header(HttpServerRequest handshake) {
    return Optional.ofNullable(handshake.getHeader("Authorization"))
        .filter(text -> text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(text -> text.substring(SCHEME.length()).trim());
  }

  private static Optional<String> subprotocol(HttpServerRequest handshake) {
    for (String line : handshake.headers().getAll(SUBPROTOCOLS)) {
      for (String offered : line.split(",", -1)) {
        if (offered.strip().startsWith(SUBPROTOCOL_PREFIX)) {
          return Optional.of(offered.strip().substring(SUBPROTOCOL_PREFIX.length()));
        }
      }
    }
    return Optional.empty();
  }
}
