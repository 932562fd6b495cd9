package io.kiroku.query.category;

import io.kiroku.catalog.CategoryTree;
import io.kiroku.query.listing.Filterable;
import io.kiroku.query.listing.Listing;
import io.kiroku.query.listing.Sortable;
import io.kiroku.query.listing.Sortable.Kind;
import java.util.List;
import java.util.Optional;

/// How categories can be listed; `CatalogQueryService` documents it. Answered from the one document
/// that holds them all, so there is nothing to index.
final class CategoryListing {
  static final String NAME = "name";
  static final String FOLDED_NAME = "foldedName";
  static final String PATH = "path";

  /// Empty of a category at the top.
  static final String PARENT = "parent";

  /// The same for names that cannot stand beside each other.
  static final Filterable.Name BY_NAME = new Filterable.Name(NAME, NAME, CategoryTree::normalised);

  static final Listing DECLARED =
      new Listing(
          CategoriesProjection.FIELD,
          List.of(new Filterable.Id("parent", PARENT, true), BY_NAME),
          List.of(
              new Sortable("path", PATH, Kind.TEXT), new Sortable("name", FOLDED_NAME, Kind.TEXT)),
          Optional.empty());

  private CategoryListing() {}
}
