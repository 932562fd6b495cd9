package io.kiroku.service.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
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
  private static final long MOST_SECONDS = Integer.MAX_VALUE;

  private final JWTParser parser;
  private final JWTAuthContextInfo rules;
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).expireAfterWrite(REMEMBERED_FOR).build();

  TokenVerifier(JWTParser parser, JWTAuthContextInfo rules) {
    this.parser = parser;
    this.rules = rules;
  }

  /// Whom the token stands for. Blocks for no I/O.
  ///
  /// Fails with [InvalidToken].
  public Caller verify(String token) {
    Verified known = verified.getIfPresent(token);
    if (known != null && known.isValid(Instant.now(), 0)) {
      return known.caller();
    }
    Verified fresh = parse(token, rules);
    verified.put(token, fresh);
    return fresh.caller();
  }

  /// Whom the token stood for at a time that may be past, as long as it was valid then: what it was
  /// sent with may have waited. Blocks for no I/O.
  ///
  /// Fails with [InvalidToken].
  public Caller verifyAt(Instant time, String token) {
    // The parser knows no other time than now: its tolerance is widened by what has passed since,
    // and the token's own times are compared here.
    Verified found = verified.get(token, _ -> parse(token, since(time)));
    if (!found.isValid(time, rules.getClockSkew())) {
      throw new InvalidToken(new ParseException("not valid at " + time));
    }
    return found.caller();
  }

  private JWTAuthContextInfo since(Instant time) {
    long agoSeconds = Math.max(0, Duration.between(time, Instant.now()).toSeconds() + 1);
    JWTAuthContextInfo widened = new JWTAuthContextInfo(rules);
    widened.setClockSkew(
        Math.toIntExact(Math.min(agoSeconds + rules.getClockSkew(), MOST_SECONDS)));
    return widened;
  }

  private Verified parse(String token, JWTAuthContextInfo rules) {
    try {
      JsonWebToken jwt = parser.parse(token, rules);
      String tenant =
          jwt.<String>claim("tenant").filter(t -> !t.isBlank()).orElse(Caller.DEFAULT_TENANT);
      Set<String> groups = Optional.ofNullable(jwt.getGroups()).orElse(Set.of());
      return new Verified(
          new Caller(subject(jwt), tenant, Role.fromGroups(groups)),
          Instant.ofEpochSecond(Math.max(seconds(jwt, Claims.nbf), seconds(jwt, Claims.iat))),
          Instant.ofEpochSecond(jwt.getExpirationTime()));
    } catch (ParseException | ClassCastException refused) {
      throw new InvalidToken(refused);
    }
  }

  private static long seconds(JsonWebToken jwt, Claims time) {
    return jwt.<Long>claim(time).orElse(0L);
  }

  private static String subject(JsonWebToken jwt) throws ParseException {
    String subject = jwt.getSubject();
    if (subject == null || subject.isBlank()) {
      throw new ParseException("no subject");
    }
    return subject;
  }

  private record Verified(Caller caller, Instant validFrom, Instant expiresAt) {
    boolean isValid(Instant time, long toleranceSeconds) {
      return !time.isBefore(validFrom.minusSeconds(toleranceSeconds))
          && time.isBefore(expiresAt.plusSeconds(toleranceSeconds));
    }
  }
}
