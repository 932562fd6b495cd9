package io.kiroku.eventstore.node.log;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Which events of `$all` are wanted. Written down with persistent subscriptions, hence a record.
///
/// @param regex unanchored, empty if prefixes are given
/// @param prefixes any of these
public record Filter(Subject subject, String regex, List<String> prefixes) {
  /// What the expression is about.
  public enum Subject {
    STREAM,
    TYPE
  }

  /// Fails with [PatternSyntaxException] if the expression is none.
  public Predicate<LogRecord> compiled() {
    Predicate<String> wanted =
        regex.isEmpty()
            ? text -> prefixes.stream().anyMatch(text::startsWith)
            : Pattern.compile(regex).asPredicate();
    return switch (subject) {
      case STREAM -> record -> wanted.test(record.stream());
      case TYPE -> record -> wanted.test(record.type());
    };
  }
}
