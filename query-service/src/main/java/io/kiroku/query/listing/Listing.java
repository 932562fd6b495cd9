package io.kiroku.query.listing;

import io.kiroku.projection.Index;
import io.kiroku.service.error.Errors;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a list can be filtered, sorted and searched by. Everything is of one tenant, so every part
/// that is listed has a field `tenant`.
///
/// @param part of the stored document that is listed
/// @param sorts the first is the one of who asks for none
/// @param words field with the [Words] that a search finds
public record Listing(
    String part, List<Filterable> filters, List<Sortable> sorts, Optional<String> words) {
  static final String KEY = "_id";

  public Listing {
    filters = List.copyOf(filters);
    sorts = List.copyOf(sorts);
  }

  /// For every order one by itself and one for each field that has to be equal to something; for
  /// every range and name one that begins with it; one for the search. Several filters at once
  /// share the index of one of them.
  public List<Index> indexes() {
    Set<Index> all = new LinkedHashSet<>();
    for (Sortable sort : sorts) {
      all.add(index(sort.field(), KEY));
      exact().forEach(filter -> all.add(index(filter.field(), sort.field(), KEY)));
    }
    Set<String> sorted = sorts.stream().map(Sortable::field).collect(Collectors.toSet());
    filters.stream()
        .filter(filter -> !isExact(filter))
        .filter(filter -> !sorted.contains(filter.field()))
        .forEach(filter -> all.add(index(filter.field())));
    words.ifPresent(field -> all.add(index(field)));
    return List.copyOf(all);
  }

  private List<Filterable> exact() {
    return filters.stream().filter(Listing::isExact).toList();
  }

  /// Whether many entries may have the same.
  private static boolean isExact(Filterable filter) {
    return switch (filter) {
      case Filterable.Id _, Filterable.Text _, Filterable.OneOf _ -> true;
      case Filterable.Name _, Filterable.Between _ -> false;
    };
  }

  private Index index(String... fields) {
    List<String> paths = new ArrayList<>(List.of(path("tenant")));
    for (String field : fields) {
      paths.add(field.equals(KEY) ? KEY : path(field));
    }
    return new Index(paths);
  }

  /// In the stored document.
  public String path(String field) {
    return field.indexOf('.') < 0 ? part + "." + field : field;
  }

  /// Fails with `INVALID_ARGUMENT` that names what there is.
  Filterable filter(String path, String name) {
    return filters.stream()
        .filter(filter -> filter.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Errors.invalid(
                path, "must be one of " + names(filters.stream().map(Filterable::name).toList())));
  }

  /// Fails with `INVALID_ARGUMENT` that names what there is.
  Sortable sort(String path, String name) {
    return sorts.stream()
        .filter(sort -> sort.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Errors.invalid(
                path,
                "must be one of "
                    + names(sorts.stream().map(Sortable::name).toList())
                    + ", or one of them after a -"));
  }

  private static String names(List<String> names) {
    return String.join(", ", names);
  }
}
