package io.kiroku.query.stock;

import io.kiroku.query.listing.Filterable;
import io.kiroku.query.listing.Listing;
import io.kiroku.query.listing.Sortable;
import io.kiroku.query.listing.Sortable.Kind;
import java.util.List;
import java.util.Optional;

/// How stock can be listed; `CatalogQueryService` documents it.
final class StockListing {
  static final Listing DECLARED =
      new Listing(
          StockContribution.FIELD,
          List.of(new Filterable.Between("available", "available")),
          List.of(
              new Sortable("available", "available", Kind.WHOLE_NUMBER),
              new Sortable("product", "productId", Kind.TEXT)),
          Optional.empty());

  private StockListing() {}
}
