package io.kiroku.query.category;

import io.kiroku.proto.query.v1.Category;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Categories that say how many products they hold.
final class CountedCategories {
  private CountedCategories() {}

  /// @param all categories of a tenant
  /// @param products by the id of the category that they are in; one that is not among `all` counts
  ///   nowhere
  static List<Category> of(List<Category> all, Map<String, Long> products) {
    Map<String, Category> byId =
        all.stream().collect(Collectors.toMap(Category::getCategoryId, Function.identity()));
    Map<String, Long> inAll = new HashMap<>();
    products.forEach((categoryId, count) -> {
      Category at = byId.get(categoryId);
      while (at != null) {
        inAll.merge(at.getCategoryId(), count, Long::sum);
        at = parent(at, byId);
      }
    });
    return all.stream()
        .map(category ->
            category.toBuilder()
                .setProducts(products.getOrDefault(category.getCategoryId(), 0L))
                .setProductsInAll(inAll.getOrDefault(category.getCategoryId(), 0L))
                .build())
        .toList();
  }

  private static @Nullable Category parent(Category category, Map<String, Category> byId) {
    return category.hasParentCategoryId() ? byId.get(category.getParentCategoryId()) : null;
  }
}
