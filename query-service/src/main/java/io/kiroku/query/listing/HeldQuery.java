package io.kiroku.query.listing;

import io.kiroku.proto.query.v1.ListOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// What is asked of a list that is in memory as a whole, because one bounded document holds all of
/// it. Asked, filtered by equality, sorted by text and paged as those are that a database answers.
///
/// @param words that must each begin a word of an entry
public record HeldQuery(Asked asked, List<String> words) {
  public HeldQuery {
    words = List.copyOf(words);
  }

  /// Fails with `INVALID_ARGUMENT`.
  public static HeldQuery of(Listing listing, ListOptions options, String search) {
    return new HeldQuery(Asked.of(listing, "options.", options), Search.words(search));
  }

  public <T> HeldPage<T> page(List<HeldEntry<T>> all) {
    List<HeldEntry<T>> found =
        all.stream()
            .filter(entry -> asked.conditions().stream().allMatch(it -> meets(entry, it)))
            .filter(entry -> words.stream().allMatch(word -> has(entry, word)))
            .filter(entry -> asked.after().stream().allMatch(place -> isBehind(entry, place)))
            .sorted(this::compare)
            .skip(asked.skip())
            .limit(asked.size() + 1L)
            .toList();
    boolean ends = found.size() <= asked.size();
    List<HeldEntry<T>> shown = ends ? found : found.subList(0, asked.size());
    return new HeldPage<>(
        shown.stream().map(HeldEntry::shown).toList(), ends ? "" : place(shown.getLast()).encode());
  }

  private static boolean meets(HeldEntry<?> entry, Asked.Condition condition) {
    return condition.value().equals(entry.fields().get(condition.filter().field()));
  }

  private static boolean has(HeldEntry<?> entry, String word) {
    return entry.words().stream().anyMatch(it -> it.startsWith(word));
  }

  private boolean isBehind(HeldEntry<?> entry, Place place) {
    return compare(place(entry), place) > 0;
  }

  private int compare(HeldEntry<?> one, HeldEntry<?> other) {
    return compare(place(one), place(other));
  }

  private int compare(Place one, Place other) {
    Comparator<Place> order =
        Comparator.<Place, String>comparing(it -> (String) it.value()).thenComparing(Place::key);
    return asked.sorting().descending() ? order.compare(other, one) : order.compare(one, other);
  }

  private Place place(HeldEntry<?> entry) {
    String value = entry.fields().get(asked.sorting().by().field());
    return new Place(asked.sorting(), Objects.requireNonNull(value), entry.key());
  }
}
