package io.kiroku.query;

import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.proto.query.v1.GetCategoryRequest;
import io.kiroku.proto.query.v1.GetCategoryResponse;
import io.kiroku.proto.query.v1.GetOrderRequest;
import io.kiroku.proto.query.v1.GetOrderResponse;
import io.kiroku.proto.query.v1.GetProductRequest;
import io.kiroku.proto.query.v1.GetProductResponse;
import io.kiroku.proto.query.v1.GetStockRequest;
import io.kiroku.proto.query.v1.GetStockResponse;
import io.kiroku.proto.query.v1.ListCategoriesRequest;
import io.kiroku.proto.query.v1.ListCategoriesResponse;
import io.kiroku.proto.query.v1.ListOrdersRequest;
import io.kiroku.proto.query.v1.ListOrdersResponse;
import io.kiroku.proto.query.v1.ListProjectionsRequest;
import io.kiroku.proto.query.v1.ListProjectionsResponse;
import io.kiroku.proto.query.v1.Projection;
import io.kiroku.proto.query.v1.QueryService;
import io.kiroku.query.listing.ListQuery;
import io.kiroku.query.order.OrderQuery;
import io.kiroku.query.order.Orders;
import io.kiroku.query.product.Products;
import io.kiroku.query.running.Consistency;
import io.kiroku.query.running.Ids;
import io.kiroku.query.running.Projections;
import io.kiroku.query.stock.Stocks;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/// Each call: who asks, wait for what he has written, look it up.
@GrpcService
class QueryGrpcService implements QueryService {
  private final CategoryQueries categories;
  private final Products products;
  private final Stocks stocks;
  private final Orders orders;
  private final Projections projections;
  private final Consistency consistency;

  QueryGrpcService(
      CategoryQueries categories,
      Products products,
      Stocks stocks,
      Orders orders,
      Projections projections,
      Consistency consistency) {
    this.categories = categories;
    this.products = products;
    this.stocks = stocks;
    this.orders = orders;
    this.projections = projections;
    this.consistency = consistency;
  }

  @Override
  public Uni<GetCategoryResponse> getCategory(GetCategoryRequest request) {
    String id = Ids.stored("category_id", request.getCategoryId());
    return categories
        .shown(RequestContext.current(), request.getCountProducts())
        .map(all -> Entity.CATEGORY.orNotFound(all.find(id)))
        .map(found -> GetCategoryResponse.newBuilder().setCategory(found).build());
  }

  @Override
  public Uni<ListCategoriesResponse> listCategories(ListCategoriesRequest request) {
    return categories
        .shown(RequestContext.current(), request.getCountProducts())
        .map(all -> ListCategoriesResponse.newBuilder().addAllCategories(all.all()).build());
  }

  @Override
  public Uni<GetProductResponse> getProduct(GetProductRequest request) {
    RequestContext context = RequestContext.current();
    String tenant = context.caller().tenant();
    String id = Ids.stored("product_id", request.getProductId());
    return consistency
        .answer(context, products.sources(tenant, id), () -> products.find(tenant, id))
        .map(Entity.PRODUCT::orNotFound)
        .map(found -> GetProductResponse.newBuilder().setProduct(found).build());
  }

  @Override
  public Uni<GetStockResponse> getStock(GetStockRequest request) {
    RequestContext context = RequestContext.current();
    String id = Ids.stored("product_id", request.getProductId());
    return consistency
        .answer(context, stocks.source(id), () -> stocks.find(context.caller().tenant(), id))
        .map(Entity.STOCK::orNotFound)
        .map(found -> GetStockResponse.newBuilder().setStock(found).build());
  }

  @Override
  public Uni<GetOrderResponse> getOrder(GetOrderRequest request) {
    RequestContext context = RequestContext.current();
    context.caller().requireSignedIn();
    String id = Ids.stored("order_id", request.getOrderId());
    return consistency
        .answer(context, orders.source(id), () -> orders.find(context.caller(), id))
        .map(Entity.ORDER::orNotFound)
        .map(found -> GetOrderResponse.newBuilder().setOrder(found).build());
  }

  @Override
  public Uni<ListOrdersResponse> listOrders(ListOrdersRequest request) {
    RequestContext context = RequestContext.current();
    ListQuery query = OrderQuery.of(request, context.caller());
    return consistency.answer(context, orders.source(), () -> orders.list(query));
  }

  @Override
  public Uni<ListProjectionsResponse> listProjections(ListProjectionsRequest request) {
    ListProjectionsResponse.Builder all = ListProjectionsResponse.newBuilder();
    projections.live().forEach(runner -> all.addProjections(message(runner)));
    return Uni.createFrom().item(all.build());
  }

  private static Projection message(ProjectionRunner runner) {
    var status = runner.status();
    return Projection.newBuilder()
        .setName(runner.projection().name())
        .setVersion(runner.projection().version())
        .setWatermark(status.watermark())
        .setParkedStreams(status.parked().size())
        .build();
  }
}
