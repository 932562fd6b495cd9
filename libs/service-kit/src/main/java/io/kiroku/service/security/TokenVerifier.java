package io.kiroku.service.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Verifies bearer tokens and remembers the good ones for a minute: checking an RSA signature costs
/// more than most calls do.
// Caffeine picks its classes by name; a native image has only those that somebody names.
@RegisterForReflection(
    classNames = {
      "com.github.benmanes.caffeine.cache.SSMSW",
      "com.github.benmanes.caffeine.cache.PSWMS"
    })
@ApplicationScoped
public class TokenVerifier {
  private static final int REMEMBERED_MAX = 10_000;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);

  private final JWTParser parser;
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).expireAfterWrite(REMEMBERED_FOR).build();

  TokenVerifier(JWTParser parser) {
    this.parser = parser;
  }

  /// Whom the token stands for. Blocks for no I/O.
  ///
  /// Fails with [InvalidToken].
  public Caller verify(String token) {
    Verified known = verified.getIfPresent(token);
    if (known != null && Instant.now().isBefore(known.expiresAt())) {
      return known.caller();
    }
    Verified fresh = parse(token);
    verified.put(token, fresh);
    return fresh.caller();
  }

  private Verified parse(String token) {
    try {
      JsonWebToken jwt = parser.parse(token);
      String tenant =
          jwt.<String>claim("tenant").filter(t -> !t.isBlank()).orElse(Caller.DEFAULT_TENANT);
      Set<String> groups = Optional.ofNullable(jwt.getGroups()).orElse(Set.of());
      return new Verified(
          new Caller(subject(jwt), tenant, Role.fromGroups(groups)),
          Instant.ofEpochSecond(jwt.getExpirationTime()));
    } catch (ParseException | ClassCastException refused) {
      throw new InvalidToken(refused);
    }
  }

  private static String subject(JsonWebToken jwt) throws ParseException {
    String subject = jwt.getSubject();
    if (subject == null || subject.isBlank()) {
      throw new ParseException("no subject");
    }
    return subject;
  }

  private record Verified(Caller caller, Instant expiresAt) {}
}
