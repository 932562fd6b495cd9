package io.kiroku.query.product;

import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kiroku.proto.query.v1.CatalogStatistics;
import io.kiroku.proto.query.v1.CategoryProducts;
import io.kiroku.proto.query.v1.ListLowStockRequest;
import io.kiroku.proto.query.v1.ListLowStockResponse;
import io.kiroku.query.category.Categories;
import io.kiroku.query.listing.ListQuery;
import io.kiroku.query.running.QueryConfig;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.SharedLook;
import io.kiroku.query.running.Source;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.RequestContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;

/// All products of a tenant together: what they come to, and what runs low.
@ApplicationScoped
public class Assortment {
  private final ReadModels readModels;
  private final ProductProjection projection;
  private final Categories categories;
  private final long low;
  private final Duration moment;
  private final LoadingCache<Shelf, SharedLook<Map<String, Long>>> counts;

  /// What is counted at once.
  ///
  /// @param collection of the build that is counted
  private record Shelf(String collection, String tenant) {}

  Assortment(
      ReadModels readModels,
      ProductProjection projection,
      Categories categories,
      QueryConfig config) {
    this.readModels = readModels;
    this.projection = projection;
    this.categories = categories;
    this.low = config.lowStock();
    this.moment = config.cacheTime();
    this.counts = SharedLook.each(this::count);
  }

  /// What it is told from.
  public Source source() {
    return Source.all(projection);
  }

  /// What its products are told from, with their categories.
  public List<Source> sources(String tenant) {
    return List.of(source(), categories.source(tenant));
  }

  /// All but what is known of categories.
  public Uni<CatalogStatistics> statistics(String tenant) {
    return Uni.combine()
        .all()
        .unis(figures(tenant), countLow(tenant, low), countLow(tenant, 0))
        .asTuple()
        .map(found ->
            found
                .getItem1()
                .setLowInStock(found.getItem2())
                .setOutOfStock(found.getItem3())
                .build());
  }

  private Uni<CatalogStatistics.Builder> figures(String tenant) {
    return readModels.aggregate(projection, CatalogFigures.stages(tenant)).map(CatalogFigures::of);
  }

  /// How many are on sale, by the id of their category. Counted once for all who ask at the same
  /// time; without a token, a moment ago is good enough.
  public Uni<Map<String, Long>> onSaleByCategory(RequestContext context) {
    String token = context.consistencyToken();
    return Uni.createFrom()
        .deferred(() -> {
          SharedLook<Map<String, Long>> count =
              counts.get(new Shelf(readModels.collection(projection), context.caller().tenant()));
          return token == null || token.isEmpty() ? count.recent(moment) : count.fresh();
        });
  }

  private Uni<Map<String, Long>> count(Shelf shelf) {
    return figures(shelf.tenant())
        .map(found ->
            found.getByCategoryList().stream()
                .collect(
                    Collectors.toUnmodifiableMap(
                        CategoryProducts::getCategoryId, CategoryProducts::getOnSale)));
  }

  /// How many are on sale, and low in stock.
  public Uni<Long> countLow(String tenant) {
    return countLow(tenant, low);
  }

  private Uni<Long> countLow(String tenant, long atMost) {
    Document filter = new Document(ProductListing.LOW_STOCK.path("tenant"), tenant);
    filter.putAll(ProductListing.low(atMost));
    return readModels.count(projection, filter);
  }

  /// Fails with `INVALID_ARGUMENT`.
  public ListQuery query(String tenant, ListLowStockRequest request) {
    if (request.getAtMost() < 0) {
      throw Errors.invalid("at_most", "must not be negative");
    }
    return ListQuery.of(
        ProductListing.LOW_STOCK,
        tenant,
        request.getOptions(),
        "",
        List.of(ProductListing.low(atMost(request))));
  }

  public Uni<ListLowStockResponse> list(
      String tenant, ListQuery query, ListLowStockRequest request) {
    return Uni.combine()
        .all()
        .unis(
            readModels.list(projection, query.filter(), query.options()).map(query::page),
            categories.shown(tenant))
        .with((page, all) ->
            ListLowStockResponse.newBuilder()
                .addAllProducts(ProductMessages.messages(page.shown(), tenant, all))
                .setNextPageToken(page.nextPageToken())
                .setAtMost(atMost(request))
                .build());
  }

  private long atMost(ListLowStockRequest request) {
    return request.hasAtMost() ? request.getAtMost() : low;
  }
}
