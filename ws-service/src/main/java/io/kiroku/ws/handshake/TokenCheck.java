package io.kiroku.ws.handshake;

import io.kiroku.service.security.InvalidToken;
import io.kiroku.service.security.TokenVerifier;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Answers 401 to a handshake without a good token.
@ApplicationScoped
class TokenCheck implements HttpUpgradeCheck {
  private static final Logger LOG = Logger.getLogger(TokenCheck.class);
  private static final int UNAUTHORIZED = 401;
  // https://www.rfc-editor.org/rfc/rfc6750#section-3
  private static final Map<String, List<String>> CHALLENGE =
      Map.of("WWW-Authenticate", List.of("Bearer realm=\"kiroku\""));

  private final TokenVerifier verifier;
  private final JWTParser parser;

  TokenCheck(TokenVerifier verifier, JWTParser parser) {
    this.verifier = verifier;
    this.parser = parser;
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    Optional<SocketUser> user = BearerTokens.of(context.httpRequest()).flatMap(this::user);
    if (user.isEmpty()) {
      return CheckResult.rejectUpgrade(UNAUTHORIZED, CHALLENGE);
    }
    context.userData().put(SocketUser.KEY, user.get());
    return CheckResult.permitUpgrade();
  }

  private Optional<SocketUser> user(String token) {
    try {
      Instant expiresAt = Instant.ofEpochSecond(parser.parse(token).getExpirationTime());
      return Optional.of(new SocketUser(verifier.verify(token), token, expiresAt));
    } catch (InvalidToken | ParseException refused) {
      LOG.debug("Handshake refused", refused);
      return Optional.empty();
    }
  }
}
