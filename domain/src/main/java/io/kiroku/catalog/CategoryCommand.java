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
  /// is what the products' streams said before this was decided: a product that is created in the
  /// category, or moved to it, at the same moment may stay there after it is gone. Such a product
  /// can still be sold, and moved to another category; nothing new can be put there.
  ///
  /// @param hasLiveProducts whether a product on sale was in the category just now
  record DeleteCategory(CategoryId categoryId, boolean hasLiveProducts, Instant now)
      implements CategoryCommand {}
}
