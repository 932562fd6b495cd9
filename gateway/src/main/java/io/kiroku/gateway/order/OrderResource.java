package io.kiroku.gateway.order;

import io.kiroku.gateway.request.Checks;
import io.kiroku.gateway.request.CurrentRequest;
import io.kiroku.gateway.request.PageQuery;
import io.kiroku.gateway.wire.Answers;
import io.kiroku.gateway.wire.Wire;
import io.kiroku.proto.query.v1.GetOrderRequest;
import io.kiroku.proto.query.v1.ListOrdersRequest;
import io.kiroku.proto.query.v1.MutinyQueryServiceGrpc.MutinyQueryServiceStub;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path(OrderResource.PATH)
class OrderResource {
  static final String PATH = "/api/v1/orders";

  private final OrderPlacement placement;
  private final MutinyQueryServiceStub queries;
  private final CurrentRequest current;

  OrderResource(
      OrderPlacement placement,
      @GrpcClient("query") MutinyQueryServiceStub queries,
      CurrentRequest current) {
    this.placement = placement;
    this.queries = queries;
    this.current = current;
  }

  /// Taken, not done: the job at `Location` tells how it goes on.
  @POST
  public Uni<RestResponse<PlacedOrder>> place(@Nullable NewOrder body) {
    current.caller().requireSignedIn();
    return placement
        .place(Checks.body(body).toRequest(), current)
        .map(placed ->
            Answers.accepted(
                "/api/v1/jobs/" + placed.getJobId(),
                PlacedOrder.of(placed),
                placed.getConsistencyToken(),
                placed.getRevision()));
  }

  @GET
  public Uni<Orders> list(
      @BeanParam PageQuery page,
      @RestQuery @DefaultValue("") String status,
      @RestQuery @DefaultValue("") String userId) {
    current.caller().requireSignedIn();
    ListOrdersRequest request =
        ListOrdersRequest.newBuilder()
            .setPageSize(page.size())
            .setPageToken(page.token())
            .setStatus(status)
            .setUserId(userId)
            .build();
    return current
        .attachTo(queries)
        .listOrders(request)
        .map(answer ->
            new Orders(
                answer.getOrdersList().stream().map(Order::of).toList(),
                Wire.text(answer.getNextPageToken())));
  }

  @GET
  @Path("/{orderId}")
  public Uni<RestResponse<Order>> get(String orderId) {
    current.caller().requireSignedIn();
    String id = Checks.pathId("orderId", orderId);
    return current
        .attachTo(queries)
        .getOrder(GetOrderRequest.newBuilder().setOrderId(id).build())
        .map(answer -> Answers.shown(Order.of(answer.getOrder()), answer.getOrder().getRevision()));
  }
}
