package io.kiroku.query.listing;

import io.kiroku.proto.query.v1.Filter;
import io.kiroku.proto.query.v1.ListOptions;
import io.kiroku.query.running.PageNumber;
import io.kiroku.query.running.PageSize;
import io.kiroku.query.running.Stored;
import io.kiroku.service.error.Errors;
import io.quarkus.mongodb.FindOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;

/// What is asked of a list, checked against what it declares.
///
/// @param size entries on the page
/// @param skip entries before the page; 0 where a token says where it begins
public record ListQuery(Listing listing, Document filter, Sorting sorting, int size, int skip) {
  /// Fails with `INVALID_ARGUMENT`.
  public static ListQuery of(Listing listing, String tenant, ListOptions asked, String search) {
    return of(listing, tenant, asked, search, List.of());
  }

  /// As above, of what meets these conditions, too.
  ///
  /// @param always conditions on paths in the stored documents
  public static ListQuery of(
      Listing listing, String tenant, ListOptions asked, String search, List<Document> always) {
    List<Document> all = new ArrayList<>(always);
    all.addAll(filters(listing, asked));
    listing.words().ifPresent(words -> all.addAll(Search.conditions(listing.path(words), search)));
    return of(listing, tenant, all, "options.", asked);
  }

  /// Of a request that names its filters, and its page, itself.
  ///
  /// @param filters conditions on paths in the stored documents
  /// @param asked without filters
  public static ListQuery filtered(
      Listing listing, String tenant, List<Document> filters, ListOptions asked) {
    return of(listing, tenant, filters, "", asked);
  }

  /// @param at what stands before the fields of `asked` in the request
  private static ListQuery of(
      Listing listing, String tenant, List<Document> filters, String at, ListOptions asked) {
    int size = PageSize.of(at + "page_size", asked.getPageSize(), "must be 0 to " + PageSize.MOST);
    Sorting sorting = Sorting.of(at + "sort", asked.getSort(), listing);
    List<Document> all = new ArrayList<>();
    all.add(new Document(listing.path("tenant"), tenant));
    all.addAll(filters);
    if (!asked.getPageToken().isEmpty()) {
      Place place = Place.decode(at + "page_token", asked.getPageToken(), sorting);
      all.addAll(place.conditions(listing.path(sorting.by().field())));
    }
    int skip = skip(at + "page", asked, size);
    return new ListQuery(listing, new Document("$and", all), sorting, size, skip);
  }

  private static int skip(String field, ListOptions asked, int size) {
    int skip = PageNumber.skip(field, asked.getPage(), size, "; a page_token goes further");
    if (asked.getPage() > 0 && !asked.getPageToken().isEmpty()) {
      throw Errors.invalid(field, "cannot stand beside a page_token");
    }
    return skip;
  }

  private static List<Document> filters(Listing listing, ListOptions asked) {
    Set<String> seen = new HashSet<>();
    List<Document> conditions = new ArrayList<>();
    for (int i = 0; i < asked.getFiltersCount(); i++) {
      String path = "options.filters[" + i + "]";
      Filter filter = asked.getFilters(i);
      Filterable declared = listing.filter(path + ".field", filter.getField());
      if (!seen.add(declared.name())) {
        throw Errors.invalid(path + ".field", "comes twice");
      }
      Object condition = declared.condition(path, filter);
      conditions.add(new Document(listing.path(declared.field()), condition));
    }
    return conditions;
  }

  /// One more than the page shows: it tells whether there is a next one.
  public FindOptions options() {
    return new FindOptions().sort(sorting.document(listing)).skip(skip).limit(size + 1);
  }

  /// @param found by the filter and the options
  public Page page(List<Stored> found) {
    if (found.size() <= size) {
      return new Page(found, "");
    }
    Document last = found.get(size - 1).document();
    Object value = last.getEmbedded(List.of(listing.part(), sorting.by().field()), Object.class);
    String token = new Place(sorting, value, last.getString(Listing.KEY)).encode();
    return new Page(found.subList(0, size), token);
  }
}
