package io.kiroku.service.security;

import io.kiroku.service.error.Errors;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Tells from what a call or message brought along who sent it. Without a token he is anonymous.
///
/// Both methods fail with `UNAUTHENTICATED` for a bad token, and with `INVALID_ARGUMENT` for an
/// idempotency key that is too long.
@ApplicationScoped
public class Callers {
  private static final Logger LOG = Logger.getLogger(Callers.class);
  private static final String SCHEME = "Bearer ";

  private final TokenVerifier verifier;

  Callers(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  /// The token must be valid now.
  RequestContext now(
      @Nullable String authorization,
      @Nullable String idempotencyKey,
      @Nullable String consistencyToken) {
    return read(authorization, idempotencyKey, consistencyToken, verifier::verify);
  }

  /// The token must have been valid at that time.
  public RequestContext at(
      Instant time, @Nullable String authorization, @Nullable String idempotencyKey) {
    return read(authorization, idempotencyKey, null, token -> verifier.verifyAt(time, token));
  }

  private static RequestContext read(
      @Nullable String authorization,
      @Nullable String idempotencyKey,
      @Nullable String consistencyToken,
      Function<String, Caller> verified) {
    if (idempotencyKey != null
        && idempotencyKey.length() > CallMetadata.IDEMPOTENCY_KEY_LENGTH_MAX) {
      throw Errors.invalid("idempotency-key", "has more than 200 characters");
    }
    String bearer = bearer(authorization);
    Caller caller = bearer == null ? Caller.ANONYMOUS : caller(bearer, verified);
    return new RequestContext(caller, bearer, idempotencyKey, consistencyToken);
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    if (authorization == null) {
      return null;
    }
    // https://www.rfc-editor.org/rfc/rfc9110#section-11.1: the scheme is case-insensitive.
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw Errors.unauthenticated("Only bearer tokens are understood.");
    }
    return authorization.substring(SCHEME.length()).trim();
  }

  private static Caller caller(String bearer, Function<String, Caller> verified) {
    try {
      return verified.apply(bearer);
    } catch (InvalidToken refused) {
      LOG.debug("Token refused", refused);
      throw Errors.unauthenticated("The bearer token is not valid.");
    }
  }
}
