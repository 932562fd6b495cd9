package io.kiroku.gateway.problem;

import io.kiroku.service.error.Violation;
import java.util.List;

/// The request is not shaped as it must be; nothing was asked of any service.
public final class InvalidRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  /// @param violations at least one
  public InvalidRequest(List<Violation> violations) {
    super("invalid request");
    this.violations = List.copyOf(violations);
  }

  public InvalidRequest(String path, String message) {
    this(List.of(new Violation(path, message)));
  }

  List<Violation> violations() {
    return violations;
  }
}
