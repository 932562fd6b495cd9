package io.kiroku.gateway.request;

import io.kiroku.gateway.problem.InvalidRequest;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.CallMetadata;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.InvalidToken;
import io.kiroku.service.security.RequestContext;
import io.kiroku.service.security.TokenVerifier;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Reads and checks the headers of each request before its resource sees it.
class RequestHeaders {
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  static final String CONSISTENCY_TOKEN = "Consistency-Token";

  private static final int CONSISTENCY_TOKEN_LENGTH_MAX = 4096;
  private static final String SCHEME = "Bearer ";
  // An entity tag as our answers carry it; quotes may be forgotten.
  private static final Pattern REVISION = Pattern.compile("\"?(-1|\\d{1,18})\"?");

  private final TokenVerifier verifier;
  private final CurrentRequest current;

  RequestHeaders(TokenVerifier verifier, CurrentRequest current) {
    this.verifier = verifier;
    this.current = current;
  }

  @ServerRequestFilter
  void read(ContainerRequestContext request) {
    String bearer = bearer(request.getHeaderString(HttpHeaders.AUTHORIZATION));
    RequestContext context =
        new RequestContext(
            bearer == null ? Caller.ANONYMOUS : verified(bearer),
            bearer,
            printable(request, IDEMPOTENCY_KEY, CallMetadata.IDEMPOTENCY_KEY_LENGTH_MAX),
            printable(request, CONSISTENCY_TOKEN, CONSISTENCY_TOKEN_LENGTH_MAX));
    current.set(context, revision(request.getHeaderString(HttpHeaders.IF_MATCH)));
  }

  private Caller verified(String bearer) {
    try {
      return verifier.verify(bearer);
    } catch (InvalidToken refused) {
      throw Errors.unauthenticated("The bearer token is not valid.");
    }
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    if (authorization == null) {
      return null;
    }
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw Errors.unauthenticated("Only bearer tokens are understood.");
    }
    return authorization.substring(SCHEME.length()).trim();
  }

  private static @Nullable String printable(
      ContainerRequestContext request, String name, int lengthMax) {
    String value = request.getHeaderString(name);
    if (value == null) {
      return null;
    }
    if (value.isBlank() || value.length() > lengthMax) {
      throw new InvalidRequest(name, "must have 1 to " + lengthMax + " characters");
    }
    if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new InvalidRequest(name, "must be printable ASCII");
    }
    return value;
  }

  private static @Nullable Long revision(@Nullable String ifMatch) {
    if (ifMatch == null) {
      return null;
    }
    Matcher matcher = REVISION.matcher(ifMatch.trim());
    if (!matcher.matches()) {
      throw new InvalidRequest(HttpHeaders.IF_MATCH, "must be a revision, like \"12\"");
    }
    return Long.valueOf(matcher.group(1));
  }
}
