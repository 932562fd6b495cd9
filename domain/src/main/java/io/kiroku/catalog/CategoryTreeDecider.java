package io.kiroku.catalog;

import io.kiroku.catalog.CategoryCommand.CreateCategory;
import io.kiroku.catalog.CategoryCommand.DeleteCategory;
import io.kiroku.catalog.CategoryCommand.MoveCategory;
import io.kiroku.catalog.CategoryCommand.UpdateCategory;
import io.kiroku.catalog.CategoryEvent.CategoryCreated;
import io.kiroku.catalog.CategoryEvent.CategoryDeleted;
import io.kiroku.catalog.CategoryEvent.CategoryMoved;
import io.kiroku.catalog.CategoryEvent.CategoryUpdated;
import io.kiroku.catalog.CategoryTree.Node;
import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import io.kiroku.shared.CategoryId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rules of the tree of categories. The tree is one aggregate, so that names are unique among
/// siblings, and nothing is ever below itself, without any other machinery.
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
      case UpdateCategory update -> update(update, tree);
      case MoveCategory move -> move(move, tree);
      case DeleteCategory delete -> delete(delete, tree);
    };
  }

  @Override
  public CategoryTree evolve(CategoryTree tree, CategoryEvent event) {
    return switch (event) {
      case CategoryCreated(var id, var name, var description, var parent, _) ->
          tree.with(id, new Node(name, description, parent));
      case CategoryUpdated(var id, var name, var description, _) -> {
        Node node = tree.find(id);
        yield node == null ? tree : tree.with(id, new Node(name, description, node.parent()));
      }
      case CategoryMoved(var id, var parent, _) -> {
        Node node = tree.find(id);
        yield node == null
            ? tree
            : tree.with(id, new Node(node.name(), node.description(), parent));
      }
      case CategoryDeleted(var id, _) -> tree.without(id);
    };
  }

  private static Decision<CategoryEvent> create(CreateCategory create, CategoryTree tree) {
    var text = Texts.refusal(create.name(), create.description());
    if (text.isPresent()) {
      return Decision.reject(text.get());
    }
    var id = create.categoryId();
    if (tree.has(id)) {
      return Decision.reject(CatalogRejection.CATEGORY_ALREADY_EXISTS);
    }
    if (isMissing(create.parent(), tree)) {
      return Decision.reject(CatalogRejection.PARENT_CATEGORY_NOT_FOUND);
    }
    if (tree.isNameTaken(create.name(), create.parent(), id)) {
      return Decision.reject(CatalogRejection.CATEGORY_NAME_TAKEN);
    }
    return Decision.accept(
        new CategoryCreated(
            id, create.name().strip(), create.description(), create.parent(), create.now()));
  }

  private static Decision<CategoryEvent> update(UpdateCategory update, CategoryTree tree) {
    var text = Texts.refusal(update.name(), update.description());
    if (text.isPresent()) {
      return Decision.reject(text.get());
    }
    var id = update.categoryId();
    Node node = tree.find(id);
    if (node == null) {
      return Decision.reject(CatalogRejection.CATEGORY_NOT_FOUND);
    }
    if (tree.isNameTaken(update.name(), node.parent(), id)) {
      return Decision.reject(CatalogRejection.CATEGORY_NAME_TAKEN);
    }
    String name = update.name().strip();
    return new Node(name, update.description(), node.parent()).equals(node)
        ? Decision.accept()
        : Decision.accept(new CategoryUpdated(id, name, update.description(), update.now()));
  }

  private static Decision<CategoryEvent> move(MoveCategory move, CategoryTree tree) {
    var id = move.categoryId();
    var parent = move.parent();
    Node node = tree.find(id);
    if (node == null) {
      return Decision.reject(CatalogRejection.CATEGORY_NOT_FOUND);
    }
    if (isMissing(parent, tree)) {
      return Decision.reject(CatalogRejection.PARENT_CATEGORY_NOT_FOUND);
    }
    if (tree.isWithin(parent, id)) {
      return Decision.reject(CatalogRejection.CATEGORY_CYCLE);
    }
    if (Objects.equals(node.parent(), parent)) {
      return Decision.accept();
    }
    return tree.isNameTaken(node.name(), parent, id)
        ? Decision.reject(CatalogRejection.CATEGORY_NAME_TAKEN)
        : Decision.accept(new CategoryMoved(id, parent, move.now()));
  }

  private static Decision<CategoryEvent> delete(DeleteCategory delete, CategoryTree tree) {
    var id = delete.categoryId();
    if (!tree.has(id)) {
      return Decision.reject(CatalogRejection.CATEGORY_NOT_FOUND);
    }
    if (tree.hasBelow(id)) {
      return Decision.reject(CatalogRejection.CATEGORY_HAS_CHILDREN);
    }
    return delete.hasLiveProducts()
        ? Decision.reject(CatalogRejection.CATEGORY_HAS_PRODUCTS)
        : Decision.accept(new CategoryDeleted(id, delete.now()));
  }

  private static boolean isMissing(@Nullable CategoryId parent, CategoryTree tree) {
    return parent != null && !tree.has(parent);
  }
}
