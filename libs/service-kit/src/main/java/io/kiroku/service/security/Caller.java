package io.kiroku.service.security;

import io.kiroku.service.error.Errors;
import java.util.Set;

/// Who calls, as the verified token says.
///
/// @param userId the token's subject, empty for [#ANONYMOUS]
public record Caller(String userId, String tenant, Set<Role> roles) {
  public static final String DEFAULT_TENANT = "default";
  public static final Caller ANONYMOUS = new Caller("", DEFAULT_TENANT, Set.of());

  public Caller {
    roles = Set.copyOf(roles);
  }

  public boolean isSignedIn() {
    return !userId.isEmpty();
  }

  public boolean isWriter() {
    return roles.contains(Role.WRITER);
  }

  public boolean isAdmin() {
    return roles.contains(Role.ADMIN);
  }

  /// Fails with `UNAUTHENTICATED` if nobody is signed in.
  public Caller requireSignedIn() {
    if (!isSignedIn()) {
      throw Errors.unauthenticated("A bearer token is needed.");
    }
    return this;
  }

  /// Fails with `UNAUTHENTICATED` or `PERMISSION_DENIED`.
  public Caller requireWriter() {
    return requireSignedIn().require(Role.WRITER);
  }

  /// Fails with `UNAUTHENTICATED` or `PERMISSION_DENIED`.
  public Caller requireAdmin() {
    return requireSignedIn().require(Role.ADMIN);
  }

  private Caller require(Role role) {
    if (!roles.contains(role)) {
      throw Errors.forbidden(role.name());
    }
    return this;
  }
}
