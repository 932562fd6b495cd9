package io.kiroku.query.category;

import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.CategoryEvent.CategoryCreated;
import io.kiroku.catalog.CategoryEvent.CategoryDeleted;
import io.kiroku.catalog.CategoryEvent.CategoryMoved;
import io.kiroku.catalog.CategoryEvent.CategoryUpdated;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.Recorded;
import io.kiroku.projection.Change;
import io.kiroku.projection.Index;
import io.kiroku.projection.SingleStreamProjection;
import io.kiroku.query.category.CategoryTree.Node;
import io.kiroku.query.running.Part;
import io.kiroku.shared.CategoryId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class CategoriesProjection extends Part<CategoryTree, CategoryEvent>
    implements SingleStreamProjection<CategoryTree, CategoryEvent> {
  static final String FIELD = "tree";
  static final String CATEGORY = "categories";
  private static final EventTypes TYPES = EventTypes.of(CategoryEvent.class);

  CategoriesProjection() {
    super(FIELD, CATEGORY, CategoryTree.class, TYPES);
  }

  @Override
  public String name() {
    return "categories";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Index> indexes() {
    return List.of();
  }

  @Override
  public Change<CategoryTree> apply(
      @Nullable CategoryTree document, Recorded<CategoryEvent> recorded) {
    CategoryTree tree = document == null ? CategoryTree.EMPTY : document;
    return switch (recorded.event()) {
      case CategoryCreated(var id, var name, var description, var parent, _) ->
          Change.upsert(tree.with(new Node(id.toString(), name, description, text(parent))));
      case CategoryUpdated(var id, var name, var description, _) ->
          Change.upsert(tree.changed(id.toString(), node -> node.saying(name, description)));
      case CategoryMoved(var id, var parent, _) ->
          Change.upsert(tree.changed(id.toString(), node -> node.below(text(parent))));
      case CategoryDeleted(var id, _) -> Change.upsert(tree.without(id.toString()));
    };
  }

  private static @Nullable String text(@Nullable CategoryId category) {
    return category == null ? null : category.toString();
  }
}
