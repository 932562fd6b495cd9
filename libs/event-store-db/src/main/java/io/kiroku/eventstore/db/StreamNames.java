package io.kiroku.eventstore.db;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Regular expressions that the store and the client understand alike.
final class StreamNames {
  /// The store's own streams begin with a `$`.
  static final String NOT_OF_THE_STORE = "^[^$].*";

  private StreamNames() {}

  /// An expression, because the client's builder takes one prefix only: a second one throws.
  static String startingWith(Set<String> prefixes) {
    return prefixes.isEmpty()
        ? NOT_OF_THE_STORE
        : new TreeSet<>(prefixes)
            .stream().map(StreamNames::literal).collect(Collectors.joining("|", "^(?:", ")"));
  }

  /// Java's `\Q…\E` is unknown in .NET.
  private static String literal(String text) {
    return text.replaceAll("[^A-Za-z0-9_-]", "\\\\$0");
  }
}
