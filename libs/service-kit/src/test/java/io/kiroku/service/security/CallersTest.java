package io.kiroku.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.StatusRuntimeException;
import io.kiroku.service.error.Problem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Who sent what is read later than it was sent.
@QuarkusTest
@QuarkusTestResource(TestKeys.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Quarkus sets the fields.
class CallersTest {
  private final Instant now = Instant.now();
  private final Instant issued = now.minus(Duration.ofDays(2));
  private final Instant expired = issued.plus(Duration.ofHours(1));

  @Inject Callers callers;
  KeyPair ours;

  @Test
  void a_token_counts_if_it_was_valid_then() {
    Instant sent = issued.plus(Duration.ofMinutes(30));
    RequestContext context = callers.at(sent, bearer(old()), "key-1");
    assertThat(context.caller().userId()).isEqualTo("mika");
    assertThat(context.caller().isWriter()).isTrue();
    assertThat(context.idempotencyKey()).isEqualTo("key-1");
  }

  @Test
  void a_token_that_had_expired_by_then_does_not_count() {
    assertThat(refused(expired.plus(Duration.ofMinutes(5)), bearer(old())).code())
        .isEqualTo("UNAUTHENTICATED");
    assertThat(refused(now, bearer(old())).code()).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void a_token_that_was_made_afterwards_does_not_count() {
    assertThat(refused(issued.minus(Duration.ofHours(1)), bearer(old())).code())
        .isEqualTo("UNAUTHENTICATED");
    JwtClaimsBuilder later = old().claim("nbf", expired.getEpochSecond());
    assertThat(refused(issued.plus(Duration.ofMinutes(1)), bearer(later)).code())
        .isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void a_forged_token_does_not_count_at_any_time() {
    Instant sent = issued.plus(Duration.ofMinutes(30));
    String forged = "Bearer " + old().jws().sign(TestKeys.pair().getPrivate());
    assertThat(refused(sent, forged).code()).isEqualTo("UNAUTHENTICATED");
    assertThat(refused(sent, bearer(old().issuer("https://elsewhere"))).code())
        .isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void without_a_token_he_is_anonymous_and_a_long_key_is_refused() {
    assertThat(callers.at(now, null, null).caller()).isEqualTo(Caller.ANONYMOUS);
    var problem =
        Problem.from(
            catchThrowableOfType(
                StatusRuntimeException.class, () -> callers.at(now, null, "k".repeat(201))));
    assertThat(problem.violations().getFirst().path()).isEqualTo("idempotency-key");
  }

  @Test
  void what_is_started_within_a_context_finds_it_and_nothing_is_left_behind() {
    RequestContext context = callers.at(now, null, "key-2");
    assertThat(context.within(RequestContext::current)).isSameAs(context);
    assertThat(RequestContext.current()).isNotSameAs(context);
  }

  private JwtClaimsBuilder old() {
    return TestKeys.claims("mika", "writer").issuedAt(issued).expiresAt(expired);
  }

  private String bearer(JwtClaimsBuilder claims) {
    return "Bearer " + claims.jws().sign(ours.getPrivate());
  }

  private Problem refused(Instant at, String authorization) {
    return Problem.from(
        catchThrowableOfType(
            StatusRuntimeException.class, () -> callers.at(at, authorization, null)));
  }
}
