package io.kiroku.eventstore.node.groups;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts that say where in its source a group is: `12` in a stream, `C:120/P:120` in `$all`.
final class Place {
  private static final Pattern POSITION = Pattern.compile("C:(-?\\d+)/P:(-?\\d+)");

  private Place() {}

  static String position(long commit, long prepare) {
    return "C:%d/P:%d".formatted(commit, prepare);
  }

  /// The revision or the commit position. Fails with [NumberFormatException] if it is neither.
  static long commit(String text) {
    Matcher position = POSITION.matcher(text);
    return Long.parseLong(position.matches() ? position.group(1) : text);
  }

  /// The prepare position, or the revision.
  static long prepare(String text) {
    Matcher position = POSITION.matcher(text);
    return Long.parseLong(position.matches() ? position.group(2) : text);
  }
}
