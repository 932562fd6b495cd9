package io.kiroku.command.orderadmin;

import io.kiroku.command.call.Fields;
import io.kiroku.command.call.PageCursor;
import io.kiroku.command.call.ProtoTime;
import io.kiroku.proto.ordering.v1.ListOrdersRequest;
import io.kiroku.proto.ordering.v1.ListOrdersResponse;
import io.kiroku.proto.ordering.v1.Order;
import io.kiroku.proto.ordering.v1.OrderAdmin;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Lists orders to admins.
@GrpcService
class OrderAdminGrpcService implements OrderAdmin {
  private static final int PAGE_DEFAULT = 50;
  private static final int PAGE_MOST = 200;
  private static final Set<String> STATUSES =
      Set.of(
          "",
          "PLACED",
          "CONFIRMED",
          "SHIPPED",
          "DELIVERED",
          "RETURN_REQUESTED",
          "RETURNED",
          "RETURN_REFUSED",
          "CANCELLED",
          "FAILED");

  private final PublishedOrders orders;

  OrderAdminGrpcService(PublishedOrders orders) {
    this.orders = orders;
  }

  @Override
  public Uni<ListOrdersResponse> listOrders(ListOrdersRequest request) {
    Caller admin = RequestContext.current().caller().requireAdmin();
    Fields fields =
        new Fields()
            .range("page_size", request.getPageSize(), 0, PAGE_MOST)
            .check("status", STATUSES.contains(request.getStatus()), "is no status of orders");
    Optional<PageCursor> after = fields.cursor("page_token", request.getPageToken());
    fields.verify();
    int size = request.getPageSize() == 0 ? PAGE_DEFAULT : request.getPageSize();
    var filter =
        new PublishedOrders.Filter(admin.tenant(), request.getStatus(), request.getUserId());
    // One more than shown tells whether there is a next page.
    return orders.list(filter, after, size + 1).map(rows -> response(rows, size));
  }

  private static ListOrdersResponse response(List<OrderRow> rows, int size) {
    var response = ListOrdersResponse.newBuilder();
    rows.stream().limit(size).forEach(row -> response.addOrders(message(row)));
    if (rows.size() > size) {
      OrderRow last = rows.get(size - 1);
      response.setNextPageToken(new PageCursor(last.placedAt, last.orderId).encode());
    }
    return response.build();
  }

  private static Order message(OrderRow row) {
    return Order.newBuilder()
        .setOrderId(row.orderId)
        .setUserId(row.owner)
        .setStatus(row.status)
        .setTotalMinorUnits(row.totalMinorUnits)
        .setCurrency(row.currency)
        .setPlacedAt(ProtoTime.timestamp(row.placedAt))
        .setRevision(row.revision)
        .build();
  }
}
