package io.kiroku.query.product;

import io.kiroku.query.listing.Filterable;
import io.kiroku.query.listing.Listing;
import io.kiroku.query.listing.Sortable;
import io.kiroku.query.listing.Sortable.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How products can be listed; `CatalogQueryService` documents it.
final class ProductListing {
  static final Listing DECLARED =
      new Listing(
          ProductProjection.FIELD,
          List.of(
              new Filterable.Id("category", "categoryId"),
              new Filterable.OneOf(
                  "status", "discontinued", Map.of("ON_SALE", false, "DISCONTINUED", true)),
              new Filterable.Between("price", "priceMinorUnits")),
          List.of(
              new Sortable("name", "foldedName", Kind.TEXT),
              new Sortable("price", "priceMinorUnits", Kind.WHOLE_NUMBER),
              new Sortable("created", "position", Kind.WHOLE_NUMBER)),
          Optional.of("words"));

  private ProductListing() {}
}
