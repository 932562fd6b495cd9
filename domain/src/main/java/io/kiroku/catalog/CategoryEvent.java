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
}
