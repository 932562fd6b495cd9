package io.kiroku.query.product;

import io.kiroku.proto.query.v1.CatalogStatistics;
import io.kiroku.proto.query.v1.CategoryProducts;
import io.kiroku.proto.query.v1.ListLowStockRequest;
import io.kiroku.proto.query.v1.ListLowStockResponse;
import io.kiroku.query.listing.ListQuery;
import io.kiroku.query.running.QueryConfig;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.Source;
import io.kiroku.service.error.Errors;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;

/// All products of a tenant together: what they come to, and what runs low.
@ApplicationScoped
public class Assortment {
  private final ReadModels readModels;
  private final ProductProjection projection;
  private final long low;

  Assortment(ReadModels readModels, ProductProjection projection, QueryConfig config) {
    this.readModels = readModels;
    this.projection = projection;
    this.low = config.lowStock();
  }

  /// What it is told from.
  public Source source() {
    return Source.all(projection);
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

  /// How many are on sale, by the id of their category.
  public Uni<Map<String, Long>> onSaleByCategory(String tenant) {
    return figures(tenant)
        .map(found ->
            found.getByCategoryList().stream()
                .collect(
                    Collectors.toMap(
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
    return readModels
        .list(projection, query.filter(), query.options())
        .map(query::page)
        .map(page ->
            ListLowStockResponse.newBuilder()
                .addAllProducts(ProductMessages.messages(page.shown(), tenant))
                .setNextPageToken(page.nextPageToken())
                .setAtMost(atMost(request))
                .build());
  }

  private long atMost(ListLowStockRequest request) {
    return request.hasAtMost() ? request.getAtMost() : low;
  }
}
