package io.kiroku.catalog;

import io.kiroku.shared.CategoryId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Orders to one tenant's tree of categories.
public sealed interface CategoryCommand {
  /// @param parent absent for a category at the top
  record CreateCategory(
      CategoryId categoryId,
      String name,
      String description,
      @Nullable CategoryId parent,
      Instant now)
      implements CategoryCommand {}

  record UpdateCategory(CategoryId categoryId, String name, String description, Instant now)
      implements CategoryCommand {}

  /// Takes along whatever is below the category.
  ///
  /// @param parent absent to move it to the top
  record MoveCategory(CategoryId categoryId, @Nullable CategoryId parent, Instant now)
      implements CategoryCommand {}

  /// That nothing is below a category is certain: the tree is one stream. That no product is in it
  /// is certain once its [Shelf] is closed.
  ///
  /// @param hasLiveProducts whether a product on sale may be in the category
  record DeleteCategory(CategoryId categoryId, boolean hasLiveProducts, Instant now)
      implements CategoryCommand {}
}
