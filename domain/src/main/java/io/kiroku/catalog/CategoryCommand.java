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
}
