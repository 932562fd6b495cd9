package io.kiroku.query.product;

import io.kiroku.query.listing.Filterable;
import io.kiroku.query.listing.Listing;
import io.kiroku.query.listing.Sortable;
import io.kiroku.query.listing.Sortable.Kind;
import io.kiroku.query.listing.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/// How products can be listed; `CatalogQueryService` documents it.
final class ProductListing {
  /// Of the product's stock; missing if there never was any.
  static final String AVAILABLE = "stock.available";

  static final Filterable.Name NAME = new Filterable.Name("name", "foldedName", Words::folded);

  private static final Filterable CATEGORY = new Filterable.Id("category", "categoryId");
  private static final Filterable PRICE = new Filterable.Between("price", "priceMinorUnits");
  private static final List<Sortable> SORTS =
      List.of(
          new Sortable("name", "foldedName", Kind.TEXT),
          new Sortable("price", "priceMinorUnits", Kind.WHOLE_NUMBER),
          new Sortable("created", "position", Kind.WHOLE_NUMBER));

  static final Listing DECLARED =
      new Listing(
          ProductContribution.FIELD,
          List.of(
              CATEGORY,
              NAME,
              new Filterable.OneOf(
                  "status", "discontinued", Map.of("ON_SALE", false, "DISCONTINUED", true)),
              PRICE,
              new Filterable.Between("available", AVAILABLE, true)),
          SORTS,
          Optional.of("words"));

  /// Of products that are known to be on sale and short of.
  static final Listing LOW_STOCK =
      new Listing(ProductContribution.FIELD, List.of(CATEGORY, PRICE), SORTS, Optional.empty());

  /// What is on sale, and at most so many pieces of it; found by the index of the pieces.
  static Document low(long atMost) {
    return new Document(DECLARED.path("discontinued"), false)
        .append(AVAILABLE, Filterable.Between.notAbove(atMost));
  }

  private ProductListing() {}
}
