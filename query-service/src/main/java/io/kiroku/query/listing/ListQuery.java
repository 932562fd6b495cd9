package io.kiroku.query.listing;

import io.kiroku.proto.query.v1.ListOptions;
import io.kiroku.query.running.Stored;
import io.quarkus.mongodb.FindOptions;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/// What is asked of a list that the database answers, checked against what it declares.
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
      Listing listing, String tenant, ListOptions options, String search, List<Document> always) {
    Asked asked = Asked.of(listing, "options.", options);
    List<Document> all = new ArrayList<>(always);
    asked
        .conditions()
        .forEach(it -> all.add(new Document(listing.path(it.filter().field()), it.value())));
    listing.words().ifPresent(words -> all.addAll(Search.conditions(listing.path(words), search)));
    return of(listing, tenant, all, asked);
  }

  /// Of a request that names its filters, and its page, itself.
  ///
  /// @param filters conditions on paths in the stored documents
  /// @param options without filters
  public static ListQuery filtered(
      Listing listing, String tenant, List<Document> filters, ListOptions options) {
    return of(listing, tenant, filters, Asked.of(listing, "", options));
  }

  private static ListQuery of(Listing listing, String tenant, List<Document> filters, Asked asked) {
    List<Document> all = new ArrayList<>();
    all.add(new Document(listing.path("tenant"), tenant));
    all.addAll(filters);
    asked
        .after()
        .ifPresent(
            place -> all.addAll(place.conditions(listing.path(asked.sorting().by().field()))));
    return new ListQuery(
        listing, new Document("$and", all), asked.sorting(), asked.size(), asked.skip());
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
