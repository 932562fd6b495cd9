package io.kiroku.command.publisher;

import static io.kiroku.command.call.ProtoTime.timestamp;

import com.google.protobuf.Message;
import io.kiroku.proto.shipping.v1.ReturnedGoodsReceived;
import io.kiroku.proto.shipping.v1.ReturnedGoodsRefused;
import io.kiroku.proto.shipping.v1.ShipmentArranged;
import io.kiroku.proto.shipping.v1.ShipmentCancelled;
import io.kiroku.proto.shipping.v1.ShipmentDelivered;
import io.kiroku.proto.shipping.v1.ShipmentDispatched;
import io.kiroku.proto.shipping.v1.ShipmentRefused;
import io.kiroku.proto.shipping.v1.ShippingEvent;
import io.kiroku.shipping.ShipmentEvent;
import java.util.Optional;

/// Which facts of shipments are published, and as what.
final class ShippingMessages {
  private ShippingMessages() {}

  static Optional<Published> of(ShipmentEvent event) {
    return switch (event) {
      case ShipmentEvent.ShipmentArranged e -> {
        var content =
            ShipmentArranged.newBuilder()
                .setOrderId(e.orderId().toString())
                .setCarrierReference(e.carrierReference())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(), content, ShippingEvent.newBuilder().setShipmentArranged(content));
      }
      case ShipmentEvent.ShipmentRefused e -> {
        var content =
            ShipmentRefused.newBuilder()
                .setOrderId(e.orderId().toString())
                .setCode(e.code())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(), content, ShippingEvent.newBuilder().setShipmentRefused(content));
      }
      case ShipmentEvent.ShipmentCancelled e -> {
        var content =
            ShipmentCancelled.newBuilder()
                .setOrderId(e.orderId().toString())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(), content, ShippingEvent.newBuilder().setShipmentCancelled(content));
      }
      case ShipmentEvent.ShipmentDispatched e -> {
        var content =
            ShipmentDispatched.newBuilder()
                .setOrderId(e.orderId().toString())
                .setTrackingNumber(e.trackingNumber())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(), content, ShippingEvent.newBuilder().setShipmentDispatched(content));
      }
      case ShipmentEvent.ShipmentDelivered e -> {
        var content =
            ShipmentDelivered.newBuilder()
                .setOrderId(e.orderId().toString())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(), content, ShippingEvent.newBuilder().setShipmentDelivered(content));
      }
      case ShipmentEvent.ReturnedGoodsReceived e -> {
        var content =
            ReturnedGoodsReceived.newBuilder()
                .setOrderId(e.orderId().toString())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(), content, ShippingEvent.newBuilder().setReturnedGoodsReceived(content));
      }
      case ShipmentEvent.ReturnedGoodsRefused e -> {
        var content =
            ReturnedGoodsRefused.newBuilder()
                .setOrderId(e.orderId().toString())
                .setCode(e.code())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(), content, ShippingEvent.newBuilder().setReturnedGoodsRefused(content));
      }
      // Between shipment and process: nothing changed for anybody else.
      case ShipmentEvent.ShipmentCancellationRejected _, ShipmentEvent.ShipmentStepRepeated _ ->
          Optional.empty();
      case ShipmentEvent.ShipmentReturnExpected _,
          ShipmentEvent.ShipmentReturnCalledOff _,
          ShipmentEvent.ShipmentReturnCallOffRejected _ ->
          Optional.empty();
    };
  }

  private static Optional<Published> published(
      Object key, Message content, ShippingEvent.Builder envelope) {
    return Optional.of(Published.of(Topics.SHIPPING_EVENTS, key, content, envelope.build()));
  }
}
