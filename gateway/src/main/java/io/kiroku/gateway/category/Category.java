package io.kiroku.gateway.category;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A category as it is shown.
///
/// @param path names from the root to this one
@JsonInclude(JsonInclude.Include.NON_NULL)
record Category(
    String categoryId,
    String name,
    String description,
    @Nullable String parentCategoryId,
    List<String> path) {
  static Category of(io.kiroku.proto.query.v1.Category category) {
    return new Category(
        category.getCategoryId(),
        category.getName(),
        category.getDescription(),
        category.hasParentCategoryId() ? category.getParentCategoryId() : null,
        List.copyOf(category.getPathList()));
  }
}
