package io.kiroku.command.shipping;

import com.google.protobuf.Message;
import io.kiroku.command.call.CommandCall;
import io.kiroku.command.call.Fields;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.proto.shipping.v1.DeliverShipmentRequest;
import io.kiroku.proto.shipping.v1.DeliverShipmentResponse;
import io.kiroku.proto.shipping.v1.DispatchShipmentRequest;
import io.kiroku.proto.shipping.v1.DispatchShipmentResponse;
import io.kiroku.proto.shipping.v1.ReceiveReturnedGoodsRequest;
import io.kiroku.proto.shipping.v1.ReceiveReturnedGoodsResponse;
import io.kiroku.proto.shipping.v1.RefuseReturnedGoodsRequest;
import io.kiroku.proto.shipping.v1.RefuseReturnedGoodsResponse;
import io.kiroku.proto.shipping.v1.ShippingService;
import io.kiroku.shared.OrderId;
import io.kiroku.shipping.Shipment;
import io.kiroku.shipping.ShipmentCommand;
import io.kiroku.shipping.ShipmentEvent;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Records for writers where parcels are.
@GrpcService
class ShippingGrpcService implements ShippingService {
  private final CommandHandler<ShipmentCommand, Shipment, ShipmentEvent> shipments;
  private final Clock clock;

  ShippingGrpcService(
      CommandHandler<ShipmentCommand, Shipment, ShipmentEvent> shipments, Clock clock) {
    this.shipments = shipments;
    this.clock = clock;
  }

  @Override
  public Uni<DispatchShipmentResponse> dispatchShipment(DispatchShipmentRequest request) {
    CommandCall call = begin("DispatchShipment", request);
    var command =
        new ShipmentCommand.DispatchShipment(
            orderId(request.getOrderId()), request.getTrackingNumber(), clock.instant());
    return handle(
            call, command, request.hasExpectedRevision() ? request.getExpectedRevision() : null)
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    DispatchShipmentResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<DeliverShipmentResponse> deliverShipment(DeliverShipmentRequest request) {
    CommandCall call = begin("DeliverShipment", request);
    var command =
        new ShipmentCommand.DeliverShipment(orderId(request.getOrderId()), clock.instant());
    return handle(
            call, command, request.hasExpectedRevision() ? request.getExpectedRevision() : null)
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    DeliverShipmentResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<ReceiveReturnedGoodsResponse> receiveReturnedGoods(
      ReceiveReturnedGoodsRequest request) {
    CommandCall call = begin("ReceiveReturnedGoods", request);
    var command = new ShipmentCommand.ReceiveReturn(orderId(request.getOrderId()), clock.instant());
    return handle(
            call, command, request.hasExpectedRevision() ? request.getExpectedRevision() : null)
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    ReceiveReturnedGoodsResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<RefuseReturnedGoodsResponse> refuseReturnedGoods(RefuseReturnedGoodsRequest request) {
    CommandCall call = begin("RefuseReturnedGoods", request);
    var command =
        new ShipmentCommand.RefuseReturn(
            orderId(request.getOrderId()), request.getCode(), clock.instant());
    return handle(
            call, command, request.hasExpectedRevision() ? request.getExpectedRevision() : null)
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    RefuseReturnedGoodsResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  private Uni<CommandOutcome<Shipment, ShipmentEvent>> handle(
      CommandCall call, ShipmentCommand command, @Nullable Long expectedRevision) {
    return shipments.handle(
        Shipments.stream(command.orderId()), command, call.context(expectedRevision));
  }

  private static CommandCall begin(String method, Message request) {
    CommandCall call = CommandCall.begin(method, request);
    call.caller().requireWriter();
    return call;
  }

  private static OrderId orderId(String value) {
    Fields fields = new Fields();
    var id = fields.uuid("order_id", value);
    fields.verify();
    return new OrderId(id.orElseThrow());
  }
}
