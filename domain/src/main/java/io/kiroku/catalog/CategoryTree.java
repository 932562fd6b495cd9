package io.kiroku.catalog;

import io.kiroku.shared.CategoryId;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// All categories of a tenant. Questions about siblings look at every category: there are hundreds,
/// and they change rarely.
public record CategoryTree(PMap<CategoryId, Node> nodes) {
  public static final CategoryTree EMPTY = new CategoryTree(HashTreePMap.empty());

  /// @param parent absent for a category at the top
  public record Node(String name, String description, @Nullable CategoryId parent) {}

  public boolean has(CategoryId category) {
    return nodes.containsKey(category);
  }

  @Nullable Node find(CategoryId category) {
    return nodes.get(category);
  }

  boolean hasBelow(CategoryId parent) {
    return nodes.values().stream().anyMatch(node -> parent.equals(node.parent()));
  }

  /// Whether another category than `except` has that name there; names that people take for the
  /// same are the same.
  boolean isNameTaken(String name, @Nullable CategoryId parent, CategoryId except) {
    String normalised = normalised(name);
    return nodes.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(except))
        .map(entry -> entry.getValue())
        .anyMatch(node ->
            Objects.equals(node.parent(), parent) && normalised(node.name()).equals(normalised));
  }

  /// Whether `category` is `top` or somewhere below it. Ends whatever history made of the tree.
  boolean isWithin(@Nullable CategoryId category, CategoryId top) {
    CategoryId at = category;
    for (int steps = 0; at != null && steps <= nodes.size(); steps++) {
      if (at.equals(top)) {
        return true;
      }
      Node node = nodes.get(at);
      at = node == null ? null : node.parent();
    }
    return false;
  }

  CategoryTree with(CategoryId category, Node node) {
    return new CategoryTree(nodes.plus(category, node));
  }

  CategoryTree without(CategoryId category) {
    return new CategoryTree(nodes.minus(category));
  }

  /// What is equal for names that people take for the same.
  public static String normalised(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
