package io.kiroku.command.ordering;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.command.participant.UnhandledCommand;
import io.kiroku.command.request.Done;
import io.kiroku.command.request.RequestReader;
import io.kiroku.proto.ordering.v1.AddItemRequest;
import io.kiroku.proto.ordering.v1.AddItemResponse;
import io.kiroku.proto.ordering.v1.CancelOrderRequest;
import io.kiroku.proto.ordering.v1.CancelOrderResponse;
import io.kiroku.proto.ordering.v1.ChangeItemRequest;
import io.kiroku.proto.ordering.v1.ChangeItemResponse;
import io.kiroku.proto.ordering.v1.DeliverOrderRequest;
import io.kiroku.proto.ordering.v1.DeliverOrderResponse;
import io.kiroku.proto.ordering.v1.DraftOrderRequest;
import io.kiroku.proto.ordering.v1.FailOrderRequest;
import io.kiroku.proto.ordering.v1.FailOrderResponse;
import io.kiroku.proto.ordering.v1.OrderingRequest;
import io.kiroku.proto.ordering.v1.RemoveItemRequest;
import io.kiroku.proto.ordering.v1.RemoveItemResponse;
import io.kiroku.proto.ordering.v1.RequestReturnRequest;
import io.kiroku.proto.ordering.v1.RequestReturnResponse;
import io.kiroku.proto.ordering.v1.ShipOrderRequest;
import io.kiroku.proto.ordering.v1.ShipOrderResponse;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// What programs ask of the orders over Kafka. A command and the request of its method are the same
/// bytes.
@Singleton
class OrderingRequests implements RequestReader {
  private final OrderingGrpcService ordering;

  OrderingRequests(@GrpcService OrderingGrpcService ordering) {
    this.ordering = ordering;
  }

  @Override
  public String topic() {
    return "kiroku.ordering.requests";
  }

  @Override
  public Uni<Done> handle(ByteString envelope) throws InvalidProtocolBufferException {
    OrderingRequest request = OrderingRequest.parseFrom(envelope);
    return switch (request.getCommandCase()) {
      case DRAFT_ORDER ->
          ordering
              .draftOrder(DraftOrderRequest.parseFrom(request.getDraftOrder().toByteString()))
              .map(answer -> new Done(answer.getOrderId(), answer.getConsistencyToken()));
      case ADD_ITEM ->
          ordering
              .addItem(AddItemRequest.parseFrom(request.getAddItem().toByteString()))
              .map(AddItemResponse::getConsistencyToken)
              .map(Done::changed);
      case CHANGE_ITEM ->
          ordering
              .changeItem(ChangeItemRequest.parseFrom(request.getChangeItem().toByteString()))
              .map(ChangeItemResponse::getConsistencyToken)
              .map(Done::changed);
      case REMOVE_ITEM ->
          ordering
              .removeItem(RemoveItemRequest.parseFrom(request.getRemoveItem().toByteString()))
              .map(RemoveItemResponse::getConsistencyToken)
              .map(Done::changed);
      case CANCEL_ORDER_FOR_CUSTOMER ->
          ordering
              .cancelOrder(
                  CancelOrderRequest.parseFrom(request.getCancelOrderForCustomer().toByteString()))
              .map(CancelOrderResponse::getConsistencyToken)
              .map(Done::changed);
      case SHIP_ORDER ->
          ordering
              .shipOrder(ShipOrderRequest.parseFrom(request.getShipOrder().toByteString()))
              .map(ShipOrderResponse::getConsistencyToken)
              .map(Done::changed);
      case DELIVER_ORDER ->
          ordering
              .deliverOrder(DeliverOrderRequest.parseFrom(request.getDeliverOrder().toByteString()))
              .map(DeliverOrderResponse::getConsistencyToken)
              .map(Done::changed);
      case FAIL_ORDER ->
          ordering
              .failOrder(FailOrderRequest.parseFrom(request.getFailOrder().toByteString()))
              .map(FailOrderResponse::getConsistencyToken)
              .map(Done::changed);
      case REQUEST_RETURN ->
          ordering
              .requestReturn(
                  RequestReturnRequest.parseFrom(request.getRequestReturn().toByteString()))
              .map(RequestReturnResponse::getConsistencyToken)
              .map(Done::changed);
      case COMMAND_NOT_SET -> throw UnhandledCommand.unknown(request.getUnknownFields());
    };
  }
}
