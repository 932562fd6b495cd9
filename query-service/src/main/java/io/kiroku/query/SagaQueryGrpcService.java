package io.kiroku.query;

import io.kiroku.proto.query.v1.GetFulfillmentRequest;
import io.kiroku.proto.query.v1.GetFulfillmentResponse;
import io.kiroku.proto.query.v1.ListSagasRequest;
import io.kiroku.proto.query.v1.ListSagasResponse;
import io.kiroku.proto.query.v1.Saga;
import io.kiroku.proto.query.v1.SagaQueryService;
import io.kiroku.query.listing.ListQuery;
import io.kiroku.query.order.Orders;
import io.kiroku.query.running.Consistency;
import io.kiroku.query.running.Ids;
import io.kiroku.query.saga.Sagas;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.List;

/// Each call: who asks, wait for what he has written, look it up.
@GrpcService
class SagaQueryGrpcService implements SagaQueryService {
  private final Sagas sagas;
  private final Orders orders;
  private final Consistency consistency;

  SagaQueryGrpcService(Sagas sagas, Orders orders, Consistency consistency) {
    this.sagas = sagas;
    this.orders = orders;
    this.consistency = consistency;
  }

  @Override
  public Uni<GetFulfillmentResponse> getFulfillment(GetFulfillmentRequest request) {
    RequestContext context = RequestContext.current();
    Caller caller = context.caller().requireSignedIn();
    String id = Ids.stored("order_id", request.getOrderId());
    return consistency
        .answer(
            context,
            List.of(orders.source(id), sagas.source(sagas.fulfillment(id))),
            () -> fulfillment(caller, id))
        .map(found -> GetFulfillmentResponse.newBuilder().setFulfillment(found).build());
  }

  private Uni<Saga> fulfillment(Caller caller, String orderId) {
    return orders
        .find(caller, orderId)
        .map(Entity.ORDER::orNotFound)
        .flatMap(_ -> sagas.find(caller.tenant(), sagas.fulfillment(orderId)))
        .map(Entity.FULFILLMENT::orNotFound);
  }

  @Override
  public Uni<ListSagasResponse> listSagas(ListSagasRequest request) {
    RequestContext context = RequestContext.current();
    String tenant = context.caller().requireAdmin().tenant();
    ListQuery query = sagas.query(tenant, request);
    return consistency.answer(context, sagas.source(), () -> sagas.list(tenant, query));
  }
}
