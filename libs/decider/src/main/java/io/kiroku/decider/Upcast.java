package io.kiroku.decider;

import java.util.Map;

/// Reads an old version of an event as the next one. Pure, and without arguments to be made.
@FunctionalInterface
public interface Upcast {
  /// @param old the stored fields, as JSON has them: text, numbers, booleans, lists and maps;
  ///   unmodifiable
  /// @return the fields of the next version
  Map<String, Object> next(Map<String, Object> old);
}
