package io.kiroku.gateway.problem;

import io.kiroku.service.error.Problem;
import io.kiroku.service.error.Violation;
import io.kiroku.service.tracing.Traces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Makes problems, with the headers that belong to their status.
final class Problems {
  static final String MEDIA_TYPE = "application/problem+json";

  /// Long enough for a restarted service to be back, short enough not to be forgotten.
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private Problems() {}

  static ProblemDetails details(
      int status, String code, String detail, @Nullable String path, List<Violation> violations) {
    String words = code.toLowerCase(Locale.ROOT);
    String sentence = words.replace('_', ' ');
    return new ProblemDetails(
        "urn:kiroku:problem:" + words.replace('_', '-'),
        Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1),
        status,
        code,
        detail,
        path,
        violations,
        Traces.currentTraceId());
  }

  /// @param ifMatch whether the revision that was expected came as `If-Match`
  static ProblemDetails details(Problem problem, @Nullable String path, boolean ifMatch) {
    boolean preconditionFailed = ifMatch && problem.code().equals("REVISION_CONFLICT");
    return details(
        preconditionFailed ? 412 : problem.httpStatus(),
        problem.code(),
        problem.detail(),
        path,
        problem.violations().stream().map(Problems::inJsonNames).toList());
  }

  static Response answer(ProblemDetails problem) {
    return answer(problem, Duration.ZERO);
  }

  /// @param retryAfter what the service asks clients to wait; zero if it does not say
  static Response answer(ProblemDetails problem, Duration retryAfter) {
    Response.ResponseBuilder answer =
        Response.status(problem.status()).type(MEDIA_TYPE).entity(problem);
    if (problem.status() == 401) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    if (problem.status() == 503 || problem.status() == 429) {
      answer.header(
          HttpHeaders.RETRY_AFTER, seconds(retryAfter.isZero() ? RETRY_AFTER : retryAfter));
    }
    return answer.build();
  }

  // Whole seconds are all that HTTP knows; less than what was asked for would be too early.
  private static long seconds(Duration delay) {
    return delay.plusSeconds(1).minusNanos(1).toSeconds();
  }

  // The services name fields as the .proto does.
  private static Violation inJsonNames(Violation violation) {
    StringBuilder name = new StringBuilder();
    boolean upper = false;
    for (char c : violation.path().toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        name.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return new Violation(name.toString(), violation.message());
  }
}
