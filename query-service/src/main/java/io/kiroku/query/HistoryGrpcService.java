package io.kiroku.query;

import io.kiroku.projection.engine.EventNotApplicable;
import io.kiroku.projection.engine.HistoryEntry;
import io.kiroku.projection.engine.ReadModelUnavailable;
import io.kiroku.proto.query.v1.GetCategoryAsOfRequest;
import io.kiroku.proto.query.v1.GetCategoryAsOfResponse;
import io.kiroku.proto.query.v1.GetFulfillmentAsOfRequest;
import io.kiroku.proto.query.v1.GetFulfillmentAsOfResponse;
import io.kiroku.proto.query.v1.GetHistoryRequest;
import io.kiroku.proto.query.v1.GetHistoryResponse;
import io.kiroku.proto.query.v1.GetOrderAsOfRequest;
import io.kiroku.proto.query.v1.GetOrderAsOfResponse;
import io.kiroku.proto.query.v1.GetProductAsOfRequest;
import io.kiroku.proto.query.v1.GetProductAsOfResponse;
import io.kiroku.proto.query.v1.GetStockAsOfRequest;
import io.kiroku.proto.query.v1.GetStockAsOfResponse;
import io.kiroku.proto.query.v1.HistoryService;
import io.kiroku.query.category.Categories;
import io.kiroku.query.history.HistoryMessages;
import io.kiroku.query.history.HistoryQuery;
import io.kiroku.query.history.Moment;
import io.kiroku.query.order.OrderStream;
import io.kiroku.query.order.Orders;
import io.kiroku.query.product.Products;
import io.kiroku.query.running.Ids;
import io.kiroku.query.running.ReadModelErrors;
import io.kiroku.query.saga.Sagas;
import io.kiroku.query.stock.Stocks;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Each call: who asks, of when, have it folded from the log.
@GrpcService
class HistoryGrpcService implements HistoryService {
  private final Categories categories;
  private final Products products;
  private final Stocks stocks;
  private final Orders orders;
  private final Sagas sagas;

  HistoryGrpcService(
      Categories categories, Products products, Stocks stocks, Orders orders, Sagas sagas) {
    this.categories = categories;
    this.products = products;
    this.stocks = stocks;
    this.orders = orders;
    this.sagas = sagas;
  }

  @Override
  public Uni<GetHistoryResponse> getHistory(GetHistoryRequest request) {
    HistoryQuery query = HistoryQuery.of(request, RequestContext.current().caller());
    return entries(request, query).map(found -> HistoryMessages.page(found, query));
  }

  private Uni<List<HistoryEntry>> entries(GetHistoryRequest request, HistoryQuery query) {
    return switch (request.getEntityCase()) {
      case ORDER_ID -> {
        String id = ownId("order_id", request.getOrderId(), query);
        yield told(Entity.ORDER, () -> orders.history(query, OrderStream.ORDER, id));
      }
      case FULFILLMENT_ORDER_ID -> {
        String id = ownId("fulfillment_order_id", request.getFulfillmentOrderId(), query);
        yield told(
            Entity.FULFILLMENT,
            () ->
                orders.ifMaySee(
                    query.caller(), id, () -> sagas.history(query, sagas.fulfillment(id))));
      }
      case PAYMENT_ORDER_ID -> {
        String id = ownId("payment_order_id", request.getPaymentOrderId(), query);
        yield told(Entity.PAYMENT, () -> orders.history(query, OrderStream.PAYMENT, id));
      }
      case SHIPMENT_ORDER_ID -> {
        String id = ownId("shipment_order_id", request.getShipmentOrderId(), query);
        yield told(Entity.SHIPMENT, () -> orders.history(query, OrderStream.SHIPMENT, id));
      }
      case PRODUCT_ID -> {
        String id = Ids.stored("product_id", request.getProductId());
        yield told(Entity.PRODUCT, () -> products.history(query, id));
      }
      case STOCK_PRODUCT_ID -> {
        String id = Ids.stored("stock_product_id", request.getStockProductId());
        yield told(Entity.STOCK, () -> stocks.history(query, id));
      }
      case CATEGORY_ID -> {
        String id = Ids.stored("category_id", request.getCategoryId());
        yield told(Entity.CATEGORY, () -> categories.history(query, id));
      }
      case ENTITY_NOT_SET -> throw Errors.invalid("entity", "must be one of those there are");
    };
  }

  private static String ownId(String field, String text, HistoryQuery query) {
    query.caller().requireSignedIn();
    return Ids.stored(field, text);
  }

  @Override
  public Uni<GetOrderAsOfResponse> getOrderAsOf(GetOrderAsOfRequest request) {
    Caller caller = RequestContext.current().caller().requireSignedIn();
    String id = Ids.stored("order_id", request.getOrderId());
    Moment moment = Moment.of(request.getAsOf());
    return told(Entity.ORDER, () -> orders.findAsOf(caller, id, moment))
        .map(found -> GetOrderAsOfResponse.newBuilder().setOrder(found).build());
  }

  @Override
  public Uni<GetProductAsOfResponse> getProductAsOf(GetProductAsOfRequest request) {
    String tenant = RequestContext.current().caller().tenant();
    String id = Ids.stored("product_id", request.getProductId());
    Moment moment = Moment.of(request.getAsOf());
    return told(Entity.PRODUCT, () -> products.findAsOf(tenant, id, moment))
        .map(found -> GetProductAsOfResponse.newBuilder().setProduct(found).build());
  }

  @Override
  public Uni<GetStockAsOfResponse> getStockAsOf(GetStockAsOfRequest request) {
    String tenant = RequestContext.current().caller().tenant();
    String id = Ids.stored("product_id", request.getProductId());
    Moment moment = Moment.of(request.getAsOf());
    return told(Entity.STOCK, () -> stocks.findAsOf(tenant, id, moment))
        .map(found -> GetStockAsOfResponse.newBuilder().setStock(found).build());
  }

  @Override
  public Uni<GetCategoryAsOfResponse> getCategoryAsOf(GetCategoryAsOfRequest request) {
    String tenant = RequestContext.current().caller().tenant();
    String id = Ids.stored("category_id", request.getCategoryId());
    Moment moment = Moment.of(request.getAsOf());
    return told(Entity.CATEGORY, () -> categories.findAsOf(tenant, id, moment))
        .map(found -> GetCategoryAsOfResponse.newBuilder().setCategory(found).build());
  }

  @Override
  public Uni<GetFulfillmentAsOfResponse> getFulfillmentAsOf(GetFulfillmentAsOfRequest request) {
    Caller caller = RequestContext.current().caller().requireSignedIn();
    String id = Ids.stored("order_id", request.getOrderId());
    Moment moment = Moment.of(request.getAsOf());
    return told(
            Entity.FULFILLMENT,
            () ->
                orders.ifMaySee(
                    caller,
                    id,
                    () -> sagas.findAsOf(caller.tenant(), sagas.fulfillment(id), moment)))
        .map(found -> GetFulfillmentAsOfResponse.newBuilder().setFulfillment(found).build());
  }

  private static <T> Uni<T> told(Entity entity, Supplier<Uni<Optional<T>>> query) {
    return Uni.createFrom()
        .deferred(query::get)
        .map(entity::orNotFound)
        .onFailure(ReadModelUnavailable.class)
        .transform(_ -> ReadModelErrors.unavailable())
        .onFailure(EventNotApplicable.class)
        .transform(
            failure -> Errors.conflict("READ_MODEL_PARKED", String.valueOf(failure.getMessage())));
  }
}
