package io.kiroku.query;

import io.kiroku.proto.query.v1.GetCatalogStatisticsRequest;
import io.kiroku.proto.query.v1.GetCatalogStatisticsResponse;
import io.kiroku.proto.query.v1.GetSalesRequest;
import io.kiroku.proto.query.v1.GetSalesResponse;
import io.kiroku.proto.query.v1.ListLowStockRequest;
import io.kiroku.proto.query.v1.ListLowStockResponse;
import io.kiroku.proto.query.v1.StatisticsService;
import io.kiroku.query.category.Categories;
import io.kiroku.query.listing.ListQuery;
import io.kiroku.query.product.Assortment;
import io.kiroku.query.running.Consistency;
import io.kiroku.query.sales.Sales;
import io.kiroku.query.sales.SalesQuery;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/// What the shop's staff want to know of all orders and products together.
@GrpcService
class StatisticsGrpcService implements StatisticsService {
  private final Sales sales;
  private final Assortment assortment;
  private final Categories categories;
  private final Consistency consistency;

  StatisticsGrpcService(
      Sales sales, Assortment assortment, Categories categories, Consistency consistency) {
    this.sales = sales;
    this.assortment = assortment;
    this.categories = categories;
    this.consistency = consistency;
  }

  @Override
  public Uni<GetSalesResponse> getSales(GetSalesRequest request) {
    RequestContext context = RequestContext.current();
    String tenant = context.caller().requireWriter().tenant();
    SalesQuery query = SalesQuery.of(request);
    return consistency.answer(context, sales.sources(query), () -> sales.list(tenant, query));
  }

  @Override
  public Uni<GetCatalogStatisticsResponse> getCatalogStatistics(
      GetCatalogStatisticsRequest request) {
    RequestContext context = RequestContext.current();
    String tenant = context.caller().requireWriter().tenant();
    return consistency.answer(
        context,
        assortment.sources(tenant),
        () ->
            Uni.combine()
                .all()
                .unis(assortment.statistics(tenant), categories.shown(tenant))
                .with((found, all) ->
                    GetCatalogStatisticsResponse.newBuilder()
                        .setStatistics(found.toBuilder().setCategories(all.all().size()))
                        .build()));
  }

  @Override
  public Uni<ListLowStockResponse> listLowStock(ListLowStockRequest request) {
    RequestContext context = RequestContext.current();
    String tenant = context.caller().requireWriter().tenant();
    ListQuery query = assortment.query(tenant, request);
    return consistency.answer(
        context, assortment.sources(tenant), () -> assortment.list(tenant, query, request));
  }
}
