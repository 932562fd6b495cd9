package io.kiroku.command.shipping;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.command.participant.UnhandledCommand;
import io.kiroku.command.request.Done;
import io.kiroku.command.request.RequestReader;
import io.kiroku.proto.shipping.v1.DeliverShipmentRequest;
import io.kiroku.proto.shipping.v1.DeliverShipmentResponse;
import io.kiroku.proto.shipping.v1.DispatchShipmentRequest;
import io.kiroku.proto.shipping.v1.DispatchShipmentResponse;
import io.kiroku.proto.shipping.v1.ReceiveReturnedGoodsRequest;
import io.kiroku.proto.shipping.v1.ReceiveReturnedGoodsResponse;
import io.kiroku.proto.shipping.v1.RefuseReturnedGoodsRequest;
import io.kiroku.proto.shipping.v1.RefuseReturnedGoodsResponse;
import io.kiroku.proto.shipping.v1.ShippingRequest;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// What programs ask of the shipments over Kafka. A command and the request of its method are the
/// same bytes.
@Singleton
class ShippingRequests implements RequestReader {
  private final ShippingGrpcService shipping;

  ShippingRequests(@GrpcService ShippingGrpcService shipping) {
    this.shipping = shipping;
  }

  @Override
  public String topic() {
    return "kiroku.shipping.requests";
  }

  @Override
  public Uni<Done> handle(ByteString envelope) throws InvalidProtocolBufferException {
    ShippingRequest request = ShippingRequest.parseFrom(envelope);
    return switch (request.getCommandCase()) {
      case DISPATCH_SHIPMENT ->
          shipping
              .dispatchShipment(
                  DispatchShipmentRequest.parseFrom(request.getDispatchShipment().toByteString()))
              .map(DispatchShipmentResponse::getConsistencyToken)
              .map(Done::changed);
      case DELIVER_SHIPMENT ->
          shipping
              .deliverShipment(
                  DeliverShipmentRequest.parseFrom(request.getDeliverShipment().toByteString()))
              .map(DeliverShipmentResponse::getConsistencyToken)
              .map(Done::changed);
      case RECEIVE_RETURNED_GOODS ->
          shipping
              .receiveReturnedGoods(
                  ReceiveReturnedGoodsRequest.parseFrom(
                      request.getReceiveReturnedGoods().toByteString()))
              .map(ReceiveReturnedGoodsResponse::getConsistencyToken)
              .map(Done::changed);
      case REFUSE_RETURNED_GOODS ->
          shipping
              .refuseReturnedGoods(
                  RefuseReturnedGoodsRequest.parseFrom(
                      request.getRefuseReturnedGoods().toByteString()))
              .map(RefuseReturnedGoodsResponse::getConsistencyToken)
              .map(Done::changed);
      case COMMAND_NOT_SET -> throw UnhandledCommand.unknown(request.getUnknownFields());
    };
  }
}
