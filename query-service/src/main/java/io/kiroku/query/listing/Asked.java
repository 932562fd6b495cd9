package io.kiroku.query.listing;

import io.kiroku.proto.query.v1.Filter;
import io.kiroku.proto.query.v1.ListOptions;
import io.kiroku.query.running.PageNumber;
import io.kiroku.query.running.PageSize;
import io.kiroku.service.error.Errors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The options of a list, checked against what it declares.
///
/// @param after where the page before ended; empty for the first, and for a page by its number
/// @param size entries on the page
/// @param skip entries before the page; 0 where a token says where it begins
record Asked(
    List<Condition> conditions, Sorting sorting, Optional<Place> after, int size, int skip) {
  /// @param value that is stored, or what the database compares it with
  record Condition(Filterable filter, Object value) {}

  Asked {
    conditions = List.copyOf(conditions);
  }

  /// Fails with `INVALID_ARGUMENT`.
  ///
  /// @param at what stands before the fields of `options` in the request
  static Asked of(Listing listing, String at, ListOptions options) {
    int size =
        PageSize.of(at + "page_size", options.getPageSize(), "must be 0 to " + PageSize.MOST);
    Sorting sorting = Sorting.of(at + "sort", options.getSort(), listing);
    String token = options.getPageToken();
    Optional<Place> after =
        token.isEmpty()
            ? Optional.empty()
            : Optional.of(Place.decode(at + "page_token", token, sorting));
    int skip = skip(at + "page", options, size);
    return new Asked(conditions(listing, at, options), sorting, after, size, skip);
  }

  private static int skip(String field, ListOptions options, int size) {
    int skip = PageNumber.skip(field, options.getPage(), size, "; a page_token goes further");
    if (options.getPage() > 0 && !options.getPageToken().isEmpty()) {
      throw Errors.invalid(field, "cannot stand beside a page_token");
    }
    return skip;
  }

  private static List<Condition> conditions(Listing listing, String at, ListOptions options) {
    Set<String> seen = new HashSet<>();
    List<Condition> conditions = new ArrayList<>();
    for (int i = 0; i < options.getFiltersCount(); i++) {
      String path = at + "filters[" + i + "]";
      Filter filter = options.getFilters(i);
      Filterable declared = listing.filter(path + ".field", filter.getField());
      if (!seen.add(declared.name())) {
        throw Errors.invalid(path + ".field", "comes twice");
      }
      conditions.add(new Condition(declared, declared.condition(path, filter)));
    }
    return conditions;
  }
}
