package io.kiroku.query.category;

import io.kiroku.eventstore.StreamId;
import io.kiroku.proto.query.v1.Category;
import io.kiroku.query.category.CategoryTree.Node;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.Stored;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/// Looks categories up.
@ApplicationScoped
public class Categories {
  private final ReadModels readModels;
  private final CategoriesProjection projection;

  Categories(ReadModels readModels, CategoriesProjection projection) {
    this.readModels = readModels;
    this.projection = projection;
  }

  public StreamId stream(String tenant) {
    return StreamId.of(CategoriesProjection.CATEGORY, tenant);
  }

  public Uni<Optional<Category>> find(String tenant, String categoryId) {
    return tree(tenant).map(tree -> tree.find(categoryId).map(node -> message(tree, node)));
  }

  public Uni<List<Category>> all(String tenant) {
    return tree(tenant)
        .map(tree -> tree.nodes().stream().map(node -> message(tree, node)).toList());
  }

  private Uni<CategoryTree> tree(String tenant) {
    return readModels
        .find(projection, tenant)
        .map(found -> found.flatMap(stored -> content(stored)).orElse(CategoryTree.EMPTY));
  }

  private static Optional<CategoryTree> content(Stored stored) {
    return stored.part(CategoriesProjection.FIELD, CategoryTree.class);
  }

  private static Category message(CategoryTree tree, Node node) {
    Category.Builder message =
        Category.newBuilder()
            .setCategoryId(node.categoryId())
            .setName(node.name())
            .setDescription(node.description())
            .addAllPath(tree.path(node));
    if (node.parentId() != null) {
      message.setParentCategoryId(node.parentId());
    }
    return message.build();
  }
}
