package io.kiroku.query;

import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.StreamId;
import io.kiroku.proto.query.v1.WatchEventsRequest;
import io.kiroku.proto.query.v1.WatchEventsResponse;
import io.kiroku.proto.query.v1.WatchOrderRequest;
import io.kiroku.proto.query.v1.WatchOrderResponse;
import io.kiroku.proto.query.v1.WatchService;
import io.kiroku.query.events.EventQuery;
import io.kiroku.query.order.Orders;
import io.kiroku.query.running.Ids;
import io.kiroku.query.running.Tokens;
import io.kiroku.query.watch.EventWatches;
import io.kiroku.query.watch.OrderWatches;
import io.kiroku.query.watch.Outbound;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import java.util.Map;
import java.util.stream.Collectors;

/// Each call: who asks, and from where on.
@GrpcService
class WatchGrpcService implements WatchService {
  private final Orders orders;
  private final OrderWatches orderWatches;
  private final EventWatches eventWatches;

  WatchGrpcService(Orders orders, OrderWatches orderWatches, EventWatches eventWatches) {
    this.orders = orders;
    this.orderWatches = orderWatches;
    this.eventWatches = eventWatches;
  }

  @Override
  public Multi<WatchOrderResponse> watchOrder(WatchOrderRequest request) {
    RequestContext context = RequestContext.current();
    context.caller().requireSignedIn();
    String id = Ids.stored("order_id", request.getOrderId());
    return orderWatches.watch(
        context,
        id,
        after(request, context.caller(), id),
        Entity.ORDER::orNotFound,
        Outbound.current());
  }

  private Map<StreamId, Long> after(WatchOrderRequest request, Caller caller, String orderId) {
    if (request.getAfterToken().isEmpty()) {
      return Map.of();
    }
    ConsistencyToken token = Tokens.of(caller, "after_token", request.getAfterToken());
    return token.revisions().entrySet().stream()
        .filter(it -> orders.streams(orderId).contains(it.getKey()))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public Multi<WatchEventsResponse> watchEvents(WatchEventsRequest request) {
    Caller admin = RequestContext.current().caller().requireAdmin();
    if (request.getAfterPosition() < -1) {
      throw Errors.invalid("after_position", "must be -1 at least");
    }
    EventQuery query = EventQuery.of(request.getFilter(), admin.tenant());
    return eventWatches.watch(query, request, Outbound.current());
  }
}
