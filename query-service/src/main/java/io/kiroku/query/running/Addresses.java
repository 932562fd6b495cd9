package io.kiroku.query.running;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a connection string leads, without what must not be shown.
final class Addresses {
  /// What stands behind the hosts is not allowed to hold an `@`: then it is not certain where the
  /// password ends.
  private static final Pattern URL =
      Pattern.compile("[a-z+]+://(?:[^@/?#]*@)?([^@/?#]+)(?:[/?#][^@]*)?");

  private Addresses() {}

  /// Each as `host:port`; none if it is not certain what they are.
  static List<String> of(String connectionString) {
    Matcher found = URL.matcher(connectionString);
    return found.matches() ? List.of(found.group(1).split(",")) : List.of();
  }
}
