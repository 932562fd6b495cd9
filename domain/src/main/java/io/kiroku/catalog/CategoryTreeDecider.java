package io.kiroku.catalog;

import io.kiroku.catalog.CategoryCommand.CreateCategory;
import io.kiroku.catalog.CategoryEvent.CategoryCreated;
import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;

/// The rules of the tree of categories. The tree is one aggregate, so that names are unique among
/// siblings without any other machinery.
public final class CategoryTreeDecider
    implements Decider<CategoryCommand, CategoryTree, CategoryEvent> {
  @Override
  public CategoryTree initial() {
    return CategoryTree.EMPTY;
  }

  @Override
  public Decision<CategoryEvent> decide(CategoryCommand command, CategoryTree tree) {
    return switch (command) {
      case CreateCategory create -> create(create, tree);
    };
  }

  @Override
  public CategoryTree evolve(CategoryTree tree, CategoryEvent event) {
    return switch (event) {
      case CategoryCreated(var id, var name, _, var parent, _) -> tree.with(id, name, parent);
    };
  }

  private static Decision<CategoryEvent> create(CreateCategory create, CategoryTree tree) {
    var text = Texts.refusal(create.name(), create.description());
    if (text.isPresent()) {
      return Decision.reject(text.get());
    }
    if (tree.has(create.categoryId())) {
      return Decision.reject(CatalogRejection.CATEGORY_ALREADY_EXISTS);
    }
    if (create.parent() != null && !tree.has(create.parent())) {
      return Decision.reject(CatalogRejection.PARENT_CATEGORY_NOT_FOUND);
    }
    if (tree.hasNameBelow(create.parent(), create.name())) {
      return Decision.reject(CatalogRejection.CATEGORY_NAME_TAKEN);
    }
    return Decision.accept(
        new CategoryCreated(
            create.categoryId(),
            create.name().strip(),
            create.description(),
            create.parent(),
            create.now()));
  }
}
