package io.kiroku.catalog;

import io.kiroku.shared.CategoryId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/// All categories of a tenant.
///
/// @param names each category's name as it was given
/// @param taken which names are in use below which parent
public record CategoryTree(PMap<CategoryId, String> names, PSet<Sibling> taken) {
  public static final CategoryTree EMPTY =
      new CategoryTree(HashTreePMap.empty(), HashTreePSet.empty());

  /// A name below a parent, written so that names that people take for the same are equal.
  public record Sibling(@Nullable CategoryId parent, String normalisedName) {
    static Sibling of(@Nullable CategoryId parent, String name) {
      return new Sibling(parent, name.strip().toLowerCase(Locale.ROOT));
    }
  }

  public boolean has(CategoryId category) {
    return names.containsKey(category);
  }

  boolean hasNameBelow(@Nullable CategoryId parent, String name) {
    return taken.contains(Sibling.of(parent, name));
  }

  CategoryTree with(CategoryId category, String name, @Nullable CategoryId parent) {
    return new CategoryTree(names.plus(category, name), taken.plus(Sibling.of(parent, name)));
  }
}
