package io.kiroku.catalog;

import io.kiroku.decider.EventType;
import io.kiroku.shared.CategoryId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Facts about one tenant's tree of categories.
public sealed interface CategoryEvent {
  CategoryId categoryId();

  Instant at();

  /// @param parent absent for a category at the top
  @EventType("category-created.v1")
  record CategoryCreated(
      CategoryId categoryId,
      String name,
      String description,
      @Nullable CategoryId parent,
      Instant at)
      implements CategoryEvent {}

  /// @param name as it is now, like `description`, whichever of them changed
  @EventType("category-updated.v1")
  record CategoryUpdated(CategoryId categoryId, String name, String description, Instant at)
      implements CategoryEvent {}

  /// @param parent absent if the category is at the top now
  @EventType("category-moved.v1")
  record CategoryMoved(CategoryId categoryId, @Nullable CategoryId parent, Instant at)
      implements CategoryEvent {}

  @EventType("category-deleted.v1")
  record CategoryDeleted(CategoryId categoryId, Instant at) implements CategoryEvent {}
}
