package io.kiroku.eventstore.node.log;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which events of `$all` are wanted. Written down with persistent subscriptions, hence a record.
///
/// @param regex unanchored, empty if prefixes are given
/// @param prefixes any of these
public record Filter(Subject subject, String regex, List<String> prefixes) {
  private static final int REGEX_CHARS_MAX = 5_000;

  /// What the expression is about.
  public enum Subject {
    STREAM,
    TYPE
  }

  /// Fails with [PatternSyntaxException] if the expression is none. The predicate fails with
  /// [TooCostly] if it would take for ever.
  public Predicate<LogRecord> compiled() {
    Predicate<String> wanted =
        regex.isEmpty()
            ? text -> prefixes.stream().anyMatch(text::startsWith)
            : matching(pattern(regex));
    return switch (subject) {
      case STREAM -> record -> wanted.test(record.stream());
      case TYPE -> record -> wanted.test(record.type());
    };
  }

  private static Pattern pattern(String regex) {
    if (regex.length() > REGEX_CHARS_MAX) {
      throw new PatternSyntaxException("too long", "", -1);
    }
    try {
      return Pattern.compile(regex);
    } catch (StackOverflowError _) {
      throw new PatternSyntaxException("nested too deeply", "", -1);
    }
  }

  private static Predicate<String> matching(Pattern pattern) {
    return text -> {
      try {
        return pattern.matcher(new BoundedText(text)).find();
      } catch (StackOverflowError _) {
        throw new TooCostly();
      }
    };
  }

  /// An expression backtracks without end; nobody else would run on that thread's processor.
  public static final class TooCostly extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooCostly() {
      super("The filter's regular expression takes too long");
    }
  }

  /// A text that may be looked at only so often: all that an expression does is to look.
  private static final class BoundedText implements CharSequence {
    private static final int LOOKS_MAX = 1_000_000;

    private final String text;
    private int looks;

    BoundedText(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++looks > LOOKS_MAX) {
        throw new TooCostly();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
