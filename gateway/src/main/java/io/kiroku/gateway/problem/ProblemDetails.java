package io.kiroku.gateway.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kiroku.service.error.Violation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What went wrong, for programs (`code`) and for people (`detail`).
/// https://www.rfc-editor.org/rfc/rfc9457
///
/// @param type says the same as `code`, as a URI
/// @param violations each field of the request that is not as it must be
/// @param traceId to be quoted when asking for help
@RegisterForReflection(targets = {ProblemDetails.class, Violation.class})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDetails(
    String type,
    String title,
    int status,
    String code,
    String detail,
    @Nullable String instance,
    List<Violation> violations,
    @Nullable String traceId) {
  public ProblemDetails {
    violations = List.copyOf(violations);
  }
}
