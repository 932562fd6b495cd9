package io.kiroku.query;

import io.kiroku.proto.query.v1.CatalogQueryService;
import io.kiroku.proto.query.v1.GetProductsRequest;
import io.kiroku.proto.query.v1.GetProductsResponse;
import io.kiroku.proto.query.v1.ListProductsRequest;
import io.kiroku.proto.query.v1.ListProductsResponse;
import io.kiroku.proto.query.v1.ListStockRequest;
import io.kiroku.proto.query.v1.ListStockResponse;
import io.kiroku.query.listing.ListQuery;
import io.kiroku.query.product.Products;
import io.kiroku.query.running.Consistency;
import io.kiroku.query.running.Ids;
import io.kiroku.query.stock.Stocks;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.Set;

/// Lists of the catalog, for everybody.
@GrpcService
class CatalogQueryGrpcService implements CatalogQueryService {
  private static final int IDS_MAX = 200;

  private final Products products;
  private final Stocks stocks;
  private final Consistency consistency;

  CatalogQueryGrpcService(Products products, Stocks stocks, Consistency consistency) {
    this.products = products;
    this.stocks = stocks;
    this.consistency = consistency;
  }

  @Override
  public Uni<ListProductsResponse> listProducts(ListProductsRequest request) {
    RequestContext context = RequestContext.current();
    String tenant = context.caller().tenant();
    ListQuery query = products.query(tenant, request);
    return consistency.answer(context, products.source(), () -> products.list(tenant, query));
  }

  @Override
  public Uni<GetProductsResponse> getProducts(GetProductsRequest request) {
    RequestContext context = RequestContext.current();
    Set<String> ids = ids(request);
    return consistency
        .answer(
            context, products.source(ids), () -> products.findAll(context.caller().tenant(), ids))
        .map(found -> GetProductsResponse.newBuilder().addAllProducts(found).build());
  }

  private static Set<String> ids(GetProductsRequest request) {
    if (request.getProductIdsCount() > IDS_MAX) {
      throw Errors.invalid("product_ids", "must be at most " + IDS_MAX);
    }
    Set<String> ids = new LinkedHashSet<>();
    for (int i = 0; i < request.getProductIdsCount(); i++) {
      ids.add(Ids.stored("product_ids[" + i + "]", request.getProductIds(i)));
    }
    return ids;
  }

  @Override
  public Uni<ListStockResponse> listStock(ListStockRequest request) {
    RequestContext context = RequestContext.current();
    String tenant = context.caller().tenant();
    ListQuery query = stocks.query(tenant, request);
    return consistency.answer(context, stocks.source(), () -> stocks.list(tenant, query));
  }
}
