package io.kiroku.query.listing;

import java.util.List;
import java.util.Map;

/// An entry of a list that is in memory as a whole.
///
/// @param key tells it from all others
/// @param fields what it can be filtered and sorted by, all of them
/// @param words what a search finds it by
public record HeldEntry<T>(String key, Map<String, String> fields, List<String> words, T shown) {
  public HeldEntry {
    fields = Map.copyOf(fields);
    words = List.copyOf(words);
  }
}
