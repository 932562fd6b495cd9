package io.kiroku.command.ordering;

import com.google.protobuf.Message;
import io.kiroku.command.call.CommandCall;
import io.kiroku.command.catalog.ShopConfig;
import io.kiroku.command.ordering.OrderCommands.ItemIds;
import io.kiroku.eventstore.StreamId;
import io.kiroku.ordering.OrderCommand;
import io.kiroku.proto.ordering.v1.AddItemRequest;
import io.kiroku.proto.ordering.v1.AddItemResponse;
import io.kiroku.proto.ordering.v1.CancelOrderRequest;
import io.kiroku.proto.ordering.v1.CancelOrderResponse;
import io.kiroku.proto.ordering.v1.ChangeItemRequest;
import io.kiroku.proto.ordering.v1.ChangeItemResponse;
import io.kiroku.proto.ordering.v1.DeliverOrderRequest;
import io.kiroku.proto.ordering.v1.DeliverOrderResponse;
import io.kiroku.proto.ordering.v1.DraftOrderRequest;
import io.kiroku.proto.ordering.v1.DraftOrderResponse;
import io.kiroku.proto.ordering.v1.FailOrderRequest;
import io.kiroku.proto.ordering.v1.FailOrderResponse;
import io.kiroku.proto.ordering.v1.OrderingService;
import io.kiroku.proto.ordering.v1.PlaceDraftRequest;
import io.kiroku.proto.ordering.v1.PlaceDraftResponse;
import io.kiroku.proto.ordering.v1.PlaceOrderRequest;
import io.kiroku.proto.ordering.v1.PlaceOrderResponse;
import io.kiroku.proto.ordering.v1.RemoveItemRequest;
import io.kiroku.proto.ordering.v1.RemoveItemResponse;
import io.kiroku.proto.ordering.v1.RequestReturnRequest;
import io.kiroku.proto.ordering.v1.RequestReturnResponse;
import io.kiroku.proto.ordering.v1.ShipOrderRequest;
import io.kiroku.proto.ordering.v1.ShipOrderResponse;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/// Orders of whoever is signed in, and what the shop's writers do with them.
@GrpcService
class OrderingGrpcService implements OrderingService {
  private final OrderCommands orders;
  private final Placing placing;
  private final ShopConfig shop;

  OrderingGrpcService(OrderCommands orders, Placing placing, ShopConfig shop) {
    this.orders = orders;
    this.placing = placing;
    this.shop = shop;
  }

  static StreamId stream(OrderId id) {
    return StreamId.of("order", id.toString());
  }

  @Override
  public Uni<PlaceOrderResponse> placeOrder(PlaceOrderRequest request) {
    CommandCall call = CommandCall.begin("PlaceOrder", request);
    OrderId id = new OrderId(call.derived("order"));
    return placing
        .place(call, id, PlaceOrderRequests.check(request))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) -> {
                  Money total = Orders.contents(accepted.state()).orElseThrow().total();
                  return PlaceOrderResponse.newBuilder()
                      .setOrderId(id.toString())
                      .setJobId(call.jobId().toString())
                      .setConsistencyToken(token)
                      .setRevision(accepted.revision())
                      .setTotalMinorUnits(total.minorUnits())
                      .setCurrency(total.currency().getCurrencyCode())
                      .build();
                }));
  }

  @Override
  public Uni<DraftOrderResponse> draftOrder(DraftOrderRequest request) {
    CommandCall call = CommandCall.begin("DraftOrder", request);
    OrderId id = new OrderId(call.derived("order"));
    return orders
        .handle(
            call,
            id,
            null,
            (order, now) -> new OrderCommand.DraftOrder(order, call.caller().userId(), now))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    DraftOrderResponse.newBuilder()
                        .setOrderId(id.toString())
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<PlaceDraftResponse> placeDraft(PlaceDraftRequest request) {
    CommandCall call = CommandCall.begin("PlaceDraft", request);
    return placing
        .placeDraft(
            call,
            OrderCommands.orderId(request.getOrderId()),
            PlaceOrderRequests.check(request),
            request.hasExpectedRevision() ? request.getExpectedRevision() : null)
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) -> {
                  Money total = Orders.contents(accepted.state()).orElseThrow().total();
                  return PlaceDraftResponse.newBuilder()
                      .setJobId(call.jobId().toString())
                      .setConsistencyToken(token)
                      .setRevision(accepted.revision())
                      .setTotalMinorUnits(total.minorUnits())
                      .setCurrency(total.currency().getCurrencyCode())
                      .build();
                }));
  }

  @Override
  public Uni<AddItemResponse> addItem(AddItemRequest request) {
    CommandCall call = CommandCall.begin("AddItem", request);
    ItemIds ids = ItemIds.of(request.getOrderId(), request.getProductId());
    return orders
        .handle(
            call,
            ids.order(),
            request.hasExpectedRevision() ? request.getExpectedRevision() : null,
            (order, now) ->
                new OrderCommand.AddItem(order, ids.product(), request.getQuantity(), now))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    AddItemResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<ChangeItemResponse> changeItem(ChangeItemRequest request) {
    CommandCall call = CommandCall.begin("ChangeItem", request);
    ItemIds ids = ItemIds.of(request.getOrderId(), request.getProductId());
    return orders
        .handle(
            call,
            ids.order(),
            request.hasExpectedRevision() ? request.getExpectedRevision() : null,
            (order, now) ->
                new OrderCommand.ChangeItem(order, ids.product(), request.getQuantity(), now))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    ChangeItemResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<RemoveItemResponse> removeItem(RemoveItemRequest request) {
    CommandCall call = CommandCall.begin("RemoveItem", request);
    ItemIds ids = ItemIds.of(request.getOrderId(), request.getProductId());
    return orders
        .handle(
            call,
            ids.order(),
            request.hasExpectedRevision() ? request.getExpectedRevision() : null,
            (order, now) -> new OrderCommand.RemoveItem(order, ids.product(), now))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    RemoveItemResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<CancelOrderResponse> cancelOrder(CancelOrderRequest request) {
    CommandCall call = CommandCall.begin("CancelOrder", request);
    return orders
        .handle(
            call,
            OrderCommands.orderId(request.getOrderId()),
            request.hasExpectedRevision() ? request.getExpectedRevision() : null,
            (order, now) ->
                new OrderCommand.CancelOrderForCustomer(order, shop.cancellationWindow(), now))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    CancelOrderResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<ShipOrderResponse> shipOrder(ShipOrderRequest request) {
    CommandCall call = staffs("ShipOrder", request);
    return orders
        .handle(
            call,
            OrderCommands.orderId(request.getOrderId()),
            request.hasExpectedRevision() ? request.getExpectedRevision() : null,
            (order, now) -> new OrderCommand.ShipOrder(order, request.getTrackingNumber(), now))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    ShipOrderResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<DeliverOrderResponse> deliverOrder(DeliverOrderRequest request) {
    CommandCall call = staffs("DeliverOrder", request);
    return orders
        .handle(
            call,
            OrderCommands.orderId(request.getOrderId()),
            request.hasExpectedRevision() ? request.getExpectedRevision() : null,
            (order, now) -> new OrderCommand.DeliverOrder(order, now))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    DeliverOrderResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<FailOrderResponse> failOrder(FailOrderRequest request) {
    CommandCall call = staffs("FailOrder", request);
    return orders
        .handle(
            call,
            OrderCommands.orderId(request.getOrderId()),
            request.hasExpectedRevision() ? request.getExpectedRevision() : null,
            (order, now) -> new OrderCommand.FailOrder(order, request.getCode(), now))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    FailOrderResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<RequestReturnResponse> requestReturn(RequestReturnRequest request) {
    CommandCall call = CommandCall.begin("RequestReturn", request);
    return orders
        .handle(
            call,
            OrderCommands.orderId(request.getOrderId()),
            request.hasExpectedRevision() ? request.getExpectedRevision() : null,
            (order, now) ->
                new OrderCommand.RequestReturn(
                    order, request.getReason(), shop.returnWindow(), now))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    RequestReturnResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  private static CommandCall staffs(String method, Message request) {
    CommandCall call = CommandCall.begin(method, request);
    call.caller().requireWriter();
    return call;
  }
}
