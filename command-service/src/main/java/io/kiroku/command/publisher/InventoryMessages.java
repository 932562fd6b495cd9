package io.kiroku.command.publisher;

import static io.kiroku.command.call.ProtoTime.timestamp;

import com.google.protobuf.Message;
import io.kiroku.inventory.StockEvent;
import io.kiroku.proto.inventory.v1.InventoryEvent;
import io.kiroku.proto.inventory.v1.StockAdjusted;
import io.kiroku.proto.inventory.v1.StockCommitted;
import io.kiroku.proto.inventory.v1.StockLow;
import io.kiroku.proto.inventory.v1.StockOut;
import io.kiroku.proto.inventory.v1.StockReceived;
import io.kiroku.proto.inventory.v1.StockReleased;
import io.kiroku.proto.inventory.v1.StockReservationExpired;
import io.kiroku.proto.inventory.v1.StockReservationRejected;
import io.kiroku.proto.inventory.v1.StockReserved;
import io.kiroku.proto.inventory.v1.StockReturned;
import java.util.Optional;

/// Which facts of the inventory are published, and as what.
final class InventoryMessages {
  private InventoryMessages() {}

  static Optional<Published> of(StockEvent event) {
    return switch (event) {
      case StockEvent.StockReceived e -> {
        var content =
            StockReceived.newBuilder()
                .setProductId(e.productId().toString())
                .setQuantity(e.quantity())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.productId(), content, InventoryEvent.newBuilder().setStockReceived(content));
      }
      case StockEvent.StockReserved e -> {
        var content =
            StockReserved.newBuilder()
                .setProductId(e.productId().toString())
                .setOrderId(e.orderId().toString())
                .setQuantity(e.quantity())
                .setExpiresAt(timestamp(e.expiresAt()))
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.productId(), content, InventoryEvent.newBuilder().setStockReserved(content));
      }
      case StockEvent.StockReservationRejected e -> {
        var content =
            StockReservationRejected.newBuilder()
                .setProductId(e.productId().toString())
                .setOrderId(e.orderId().toString())
                .setQuantity(e.quantity())
                .setCode(e.code())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.productId(),
            content,
            InventoryEvent.newBuilder().setStockReservationRejected(content));
      }
      case StockEvent.StockReleased e -> {
        var content =
            StockReleased.newBuilder()
                .setProductId(e.productId().toString())
                .setOrderId(e.orderId().toString())
                .setQuantity(e.quantity())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.productId(), content, InventoryEvent.newBuilder().setStockReleased(content));
      }
      case StockEvent.StockCommitted e -> {
        var content =
            StockCommitted.newBuilder()
                .setProductId(e.productId().toString())
                .setOrderId(e.orderId().toString())
                .setQuantity(e.quantity())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.productId(), content, InventoryEvent.newBuilder().setStockCommitted(content));
      }
      case StockEvent.StockReturned e -> {
        var content =
            StockReturned.newBuilder()
                .setProductId(e.productId().toString())
                .setOrderId(e.orderId().toString())
                .setQuantity(e.quantity())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.productId(), content, InventoryEvent.newBuilder().setStockReturned(content));
      }
      case StockEvent.StockAdjusted e -> {
        var content =
            StockAdjusted.newBuilder()
                .setProductId(e.productId().toString())
                .setDelta(e.delta())
                .setReason(e.note())
                .setReasonCode(e.reason().name())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.productId(), content, InventoryEvent.newBuilder().setStockAdjusted(content));
      }
      case StockEvent.StockReservationExpired e -> {
        var content =
            StockReservationExpired.newBuilder()
                .setProductId(e.productId().toString())
                .setOrderId(e.orderId().toString())
                .setQuantity(e.quantity())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.productId(),
            content,
            InventoryEvent.newBuilder().setStockReservationExpired(content));
      }
      case StockEvent.StockLow e -> {
        var content =
            StockLow.newBuilder()
                .setProductId(e.productId().toString())
                .setAvailable(e.available())
                .setThreshold(e.threshold())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(e.productId(), content, InventoryEvent.newBuilder().setStockLow(content));
      }
      case StockEvent.StockOut e -> {
        var content =
            StockOut.newBuilder()
                .setProductId(e.productId().toString())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(e.productId(), content, InventoryEvent.newBuilder().setStockOut(content));
      }
      // Between stock and process: nothing changed for anybody else.
      case StockEvent.StockCommitRejected _, StockEvent.StockStepRepeated _ -> Optional.empty();
    };
  }

  private static Optional<Published> published(
      Object key, Message content, InventoryEvent.Builder envelope) {
    return Optional.of(Published.of(Topics.INVENTORY_EVENTS, key, content, envelope.build()));
  }
}
