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
        context, id, after(request, id), Entity.ORDER::orNotFound, Outbound.current());
  }

  private Map<StreamId, Long> after(WatchOrderRequest request, String orderId) {
    if (request.getAfterToken().isEmpty()) {
      return Map.of();
    }
    try {
      return ConsistencyToken.decode(request.getAfterToken()).revisions().entrySet().stream()
          .filter(it -> orders.streams(orderId).contains(it.getKey()))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    } catch (IllegalArgumentException e) {
      throw Errors.invalid("after_token", "is not one of ours");
    }
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
