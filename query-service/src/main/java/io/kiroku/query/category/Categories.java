package io.kiroku.query.category;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.HistoryEntry;
import io.kiroku.proto.query.v1.Category;
import io.kiroku.proto.query.v1.FindCategoriesRequest;
import io.kiroku.query.category.CategoryTree.Shown;
import io.kiroku.query.history.HistoryQuery;
import io.kiroku.query.history.Moment;
import io.kiroku.query.history.Past;
import io.kiroku.query.listing.HeldQuery;
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

  /// By the document that was read, while somebody keeps it: it is decoded once.
  private final LoadingCache<Stored, ShownCategories> shown =
      Caffeine.newBuilder().weakKeys().build(Categories::shown);

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

  /// All of a tenant's, by their ids, and in lists.
  public Uni<ShownCategories> shown(String tenant) {
    return readModels
        .find(projection, tenant)
        .map(found -> found.map(shown::get))
        .map(found -> found.orElse(ShownCategories.NONE));
  }

  private static ShownCategories shown(Stored stored) {
    return new ShownCategories(
        content(stored).orElse(CategoryTree.EMPTY).all().stream()
            .map(Categories::message)
            .toList());
  }

  /// Fails with `INVALID_ARGUMENT`.
  public static HeldQuery query(FindCategoriesRequest request) {
    return HeldQuery.of(CategoryListing.DECLARED, request.getOptions(), request.getSearch());
  }

  /// As [ShownCategories#named] takes it. Fails with `INVALID_ARGUMENT` for a blank one.
  public static String name(String asked) {
    return CategoryListing.BY_NAME.value("name", asked);
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
