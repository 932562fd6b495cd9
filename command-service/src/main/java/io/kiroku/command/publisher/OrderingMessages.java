package io.kiroku.command.publisher;

import static io.kiroku.command.call.ProtoTime.timestamp;

import com.google.protobuf.Message;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.proto.ordering.v1.OrderCancelled;
import io.kiroku.proto.ordering.v1.OrderConfirmed;
import io.kiroku.proto.ordering.v1.OrderDelivered;
import io.kiroku.proto.ordering.v1.OrderFailed;
import io.kiroku.proto.ordering.v1.OrderLine;
import io.kiroku.proto.ordering.v1.OrderPlaced;
import io.kiroku.proto.ordering.v1.OrderReturnRefused;
import io.kiroku.proto.ordering.v1.OrderReturnRequested;
import io.kiroku.proto.ordering.v1.OrderReturned;
import io.kiroku.proto.ordering.v1.OrderShipped;
import io.kiroku.proto.ordering.v1.OrderingEvent;
import java.util.Optional;

/// Which facts of orders are published, and as what: no address, no means of payment.
final class OrderingMessages {
  private OrderingMessages() {}

  static Optional<Published> of(OrderEvent event) {
    return switch (event) {
      case OrderEvent.OrderPlaced e -> {
        var content =
            OrderPlaced.newBuilder()
                .setOrderId(e.orderId().toString())
                .setUserId(e.userId())
                .addAllLines(e.lines().stream().map(OrderingMessages::line).toList())
                .setTotalMinorUnits(e.total().minorUnits())
                .setCurrency(e.total().currency().getCurrencyCode())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(e.orderId(), content, OrderingEvent.newBuilder().setOrderPlaced(content));
      }
      case OrderEvent.OrderConfirmed e -> {
        var content =
            OrderConfirmed.newBuilder()
                .setOrderId(e.orderId().toString())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(), content, OrderingEvent.newBuilder().setOrderConfirmed(content));
      }
      case OrderEvent.OrderCancelled e -> {
        var content =
            OrderCancelled.newBuilder()
                .setOrderId(e.orderId().toString())
                .setReason(e.reason())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(), content, OrderingEvent.newBuilder().setOrderCancelled(content));
      }
      case OrderEvent.OrderShipped e -> {
        var content =
            OrderShipped.newBuilder()
                .setOrderId(e.orderId().toString())
                .setTrackingNumber(e.trackingNumber())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(e.orderId(), content, OrderingEvent.newBuilder().setOrderShipped(content));
      }
      case OrderEvent.OrderDelivered e -> {
        var content =
            OrderDelivered.newBuilder()
                .setOrderId(e.orderId().toString())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(), content, OrderingEvent.newBuilder().setOrderDelivered(content));
      }
      case OrderEvent.OrderFailed e -> {
        var content =
            OrderFailed.newBuilder()
                .setOrderId(e.orderId().toString())
                .setCode(e.code())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(e.orderId(), content, OrderingEvent.newBuilder().setOrderFailed(content));
      }
      case OrderEvent.OrderReturnRequested e -> {
        var content =
            OrderReturnRequested.newBuilder()
                .setOrderId(e.orderId().toString())
                .setReason(e.reason())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(), content, OrderingEvent.newBuilder().setOrderReturnRequested(content));
      }
      case OrderEvent.OrderReturned e -> {
        var content =
            OrderReturned.newBuilder()
                .setOrderId(e.orderId().toString())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(e.orderId(), content, OrderingEvent.newBuilder().setOrderReturned(content));
      }
      case OrderEvent.OrderReturnRefused e -> {
        var content =
            OrderReturnRefused.newBuilder()
                .setOrderId(e.orderId().toString())
                .setCode(e.code())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(), content, OrderingEvent.newBuilder().setOrderReturnRefused(content));
      }
      // Nothing is ordered before it is placed: drafts are between the customer and the shop.
      case OrderEvent.OrderDrafted _, OrderEvent.OrderDraftDiscarded _ -> Optional.empty();
      case OrderEvent.OrderItemAdded _,
          OrderEvent.OrderItemChanged _,
          OrderEvent.OrderItemRemoved _ ->
          Optional.empty();
      // Between order and process: nothing changed for anybody else.
      case OrderEvent.OrderConfirmationRejected _, OrderEvent.OrderCancellationRejected _ ->
          Optional.empty();
      case OrderEvent.OrderStepRepeated _ -> Optional.empty();
    };
  }

  private static Optional<Published> published(
      Object key, Message content, OrderingEvent.Builder envelope) {
    return Optional.of(Published.of(Topics.ORDERING_EVENTS, key, content, envelope.build()));
  }

  private static OrderLine line(io.kiroku.ordering.OrderLine line) {
    return OrderLine.newBuilder()
        .setProductId(line.productId().toString())
        .setName(line.name())
        .setQuantity(line.quantity())
        .setUnitPriceMinorUnits(line.unitPrice().minorUnits())
        .build();
  }
}
