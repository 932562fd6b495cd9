package io.kiroku.query.category;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.HistoryEntry;
import io.kiroku.proto.query.v1.Category;
import io.kiroku.query.category.CategoryTree.Shown;
import io.kiroku.query.history.HistoryQuery;
import io.kiroku.query.history.Moment;
import io.kiroku.query.history.Past;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.Source;
import io.kiroku.query.running.Stored;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks categories up.
@ApplicationScoped
public class Categories {
  private final ReadModels readModels;
  private final Past past;
  private final CategoriesProjection projection;

  Categories(ReadModels readModels, Past past, CategoriesProjection projection) {
    this.readModels = readModels;
    this.past = past;
    this.projection = projection;
  }

  private static StreamId stream(String tenant) {
    return StreamId.of(CategoriesProjection.CATEGORY, tenant);
  }

  /// What a tenant's categories are told from.
  public Source source(String tenant) {
    return Source.one(projection, tenant);
  }

  public Uni<Optional<Category>> find(String tenant, String categoryId) {
    return tree(tenant).map(tree -> tree.find(categoryId).map(Categories::message));
  }

  public Uni<List<Category>> all(String tenant) {
    return tree(tenant).map(tree -> tree.all().stream().map(Categories::message).toList());
  }

  public Uni<Optional<Category>> findAsOf(String tenant, String categoryId, Moment moment) {
    return past.document(tenant, projection, tenant, moment)
        .map(found ->
            found
                .flatMap(Categories::content)
                .flatMap(tree -> tree.find(categoryId))
                .map(Categories::message));
  }

  /// Only of the events that changed what is shown. Empty if there are none from the beginning on.
  public Uni<Optional<List<HistoryEntry>>> history(HistoryQuery query, String categoryId) {
    return past.events(
            query,
            projection,
            stream(query.tenant()),
            events ->
                events.map(entry -> of(categoryId, entry)).select().where(Categories::matters))
        .map(found -> found.filter(all -> query.fromRevision() > 0 || !all.isEmpty()));
  }

  private static boolean matters(HistoryEntry entry) {
    return entry.outcome() == HistoryEntry.Outcome.NOT_APPLICABLE
        || !Objects.equals(entry.before(), entry.after());
  }

  private static HistoryEntry of(String categoryId, HistoryEntry entry) {
    return new HistoryEntry(
        entry.event(),
        shown(categoryId, entry.before()),
        shown(categoryId, entry.after()),
        entry.outcome());
  }

  private static @Nullable Shown shown(String categoryId, @Nullable Object tree) {
    return tree instanceof CategoryTree known ? known.find(categoryId).orElse(null) : null;
  }

  private Uni<CategoryTree> tree(String tenant) {
    return readModels
        .find(projection, tenant)
        .map(found -> found.flatMap(Categories::content).orElse(CategoryTree.EMPTY));
  }

  private static Optional<CategoryTree> content(Stored stored) {
    return stored.part(CategoriesProjection.FIELD, CategoryTree.class);
  }

  private static Category message(Shown shown) {
    Category.Builder message =
        Category.newBuilder()
            .setCategoryId(shown.categoryId())
            .setName(shown.name())
            .setDescription(shown.description())
            .addAllPath(shown.path());
    if (shown.parentId() != null) {
      message.setParentCategoryId(shown.parentId());
    }
    return message.build();
  }
}
