package io.kiroku.service.security;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What a caller may do. Each role includes the ones before it.
public enum Role {
  READER,
  WRITER,
  ADMIN;

  /// The roles that the token's groups stand for; groups of other systems mean nothing here.
  static Set<Role> fromGroups(Set<String> groups) {
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : values()) {
      if (groups.contains(role.name().toLowerCase(Locale.ROOT))) {
        roles.addAll(EnumSet.range(READER, role));
      }
    }
    return Set.copyOf(roles);
  }
}
