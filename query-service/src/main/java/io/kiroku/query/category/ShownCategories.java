package io.kiroku.query.category;

import io.kiroku.catalog.CategoryTree;
import io.kiroku.proto.query.v1.Category;
import io.kiroku.query.listing.HeldEntry;
import io.kiroku.query.listing.HeldPage;
import io.kiroku.query.listing.HeldQuery;
import io.kiroku.query.listing.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All categories of a tenant as clients see them, in the order of their creation.
public final class ShownCategories {
  public static final ShownCategories NONE = new ShownCategories(List.of());

  /// Sorts before everything that a name holds, so that a category stands before those below it.
  private static final String BETWEEN_NAMES = "\u0000";

  private final Map<String, Category> byId = new LinkedHashMap<>();
  private volatile @Nullable List<HeldEntry<Category>> entries;

  ShownCategories(List<Category> all) {
    all.forEach(category -> byId.put(category.getCategoryId(), category));
  }

  public Optional<Category> find(String categoryId) {
    return Optional.ofNullable(byId.get(categoryId));
  }

  public List<Category> all() {
    return List.copyOf(byId.values());
  }

  /// Which say how many products they hold.
  ///
  /// @param products by the id of the category that they are in
  public ShownCategories counted(Map<String, Long> products) {
    return new ShownCategories(CountedCategories.of(all(), products));
  }

  public HeldPage<Category> page(HeldQuery query) {
    return query.page(entries());
  }

  private List<HeldEntry<Category>> entries() {
    List<HeldEntry<Category>> made = entries;
    if (made == null) {
      made = byId.values().stream().map(ShownCategories::entry).toList();
      entries = made;
    }
    return made;
  }

  private static HeldEntry<Category> entry(Category category) {
    String path =
        category.getPathList().stream()
            .map(Words::folded)
            .collect(Collectors.joining(BETWEEN_NAMES));
    return new HeldEntry<>(
        category.getCategoryId(),
        Map.of(
            CategoryListing.NAME, CategoryTree.normalised(category.getName()),
            CategoryListing.FOLDED_NAME, Words.folded(category.getName()),
            CategoryListing.PATH, path,
            CategoryListing.PARENT, category.getParentCategoryId()),
        Words.of(category.getName() + " " + category.getDescription()),
        category);
  }

  /// Names are unique among siblings.
  ///
  /// @param parentId empty for those at the top
  /// @param name in the form that [Categories#name] gives it
  public Optional<Category> named(String parentId, String name) {
    return byId.values().stream()
        .filter(category -> category.getParentCategoryId().equals(parentId))
        .filter(category -> CategoryTree.normalised(category.getName()).equals(name))
        .findFirst();
  }
}
