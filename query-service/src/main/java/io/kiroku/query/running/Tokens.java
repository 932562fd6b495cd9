package io.kiroku.query.running;

import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import java.util.Optional;

/// Consistency tokens, checked. Whoever brings one that is not his has mixed something up: to
/// answer as if he had brought none would hide it.
public final class Tokens {
  private Tokens() {}

  /// What came with a call; empty if nothing did. Fails as [#of] does.
  public static Optional<ConsistencyToken> brought(RequestContext request) {
    String text = request.consistencyToken();
    return text == null || text.isEmpty()
        ? Optional.empty()
        : Optional.of(of(request.caller(), "consistency-token", text));
  }

  /// Fails with `INVALID_ARGUMENT` for a token that is none or is another tenant's.
  public static ConsistencyToken of(Caller caller, String field, String text) {
    ConsistencyToken token = decode(field, text);
    if (!token.tenant().equals(caller.tenant())) {
      throw Errors.invalid(field, "is another tenant's");
    }
    return token;
  }

  private static ConsistencyToken decode(String field, String text) {
    try {
      return ConsistencyToken.decode(text);
    } catch (IllegalArgumentException e) {
      throw Errors.invalid(field, "is not one of ours");
    }
  }
}
