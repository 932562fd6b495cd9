package io.kiroku.samples;

import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.CategoryEvent.CategoryCreated;
import io.kiroku.catalog.CategoryEvent.CategoryDeleted;
import io.kiroku.catalog.CategoryEvent.CategoryMoved;
import io.kiroku.catalog.CategoryEvent.CategoryUpdated;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.ProductEvent.ProductCategoryChanged;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.catalog.ProductEvent.ProductDiscontinued;
import io.kiroku.catalog.ProductEvent.ProductPriceChanged;
import io.kiroku.catalog.ProductEvent.ProductTurnedAway;
import io.kiroku.catalog.ProductEvent.ProductUpdated;
import io.kiroku.catalog.ShelfEvent;
import io.kiroku.catalog.ShelfEvent.ProductShelved;
import io.kiroku.catalog.ShelfEvent.ShelfClosed;
import io.kiroku.catalog.ShelfEvent.ShelfOpened;
import io.kiroku.catalog.ShelfEvent.ShelfReopened;
import io.kiroku.decider.Personal;
import io.kiroku.inventory.AdjustmentReason;
import io.kiroku.inventory.StockEvent;
import io.kiroku.inventory.StockEvent.StockAdjusted;
import io.kiroku.inventory.StockEvent.StockCommitRejected;
import io.kiroku.inventory.StockEvent.StockCommitted;
import io.kiroku.inventory.StockEvent.StockLow;
import io.kiroku.inventory.StockEvent.StockOut;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.inventory.StockEvent.StockReleased;
import io.kiroku.inventory.StockEvent.StockReservationExpired;
import io.kiroku.inventory.StockEvent.StockReservationRejected;
import io.kiroku.inventory.StockEvent.StockReserved;
import io.kiroku.inventory.StockEvent.StockReturned;
import io.kiroku.inventory.StockEvent.StockStepRepeated;
import io.kiroku.inventory.StockStep;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderEvent.OrderCancellationRejected;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderConfirmationRejected;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderDelivered;
import io.kiroku.ordering.OrderEvent.OrderDraftDiscarded;
import io.kiroku.ordering.OrderEvent.OrderDrafted;
import io.kiroku.ordering.OrderEvent.OrderFailed;
import io.kiroku.ordering.OrderEvent.OrderItemAdded;
import io.kiroku.ordering.OrderEvent.OrderItemChanged;
import io.kiroku.ordering.OrderEvent.OrderItemRemoved;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderEvent.OrderReturnRefused;
import io.kiroku.ordering.OrderEvent.OrderReturnRequested;
import io.kiroku.ordering.OrderEvent.OrderReturned;
import io.kiroku.ordering.OrderEvent.OrderShipped;
import io.kiroku.ordering.OrderEvent.OrderStepRepeated;
import io.kiroku.ordering.OrderLine;
import io.kiroku.ordering.OrderStep;
import io.kiroku.ordering.ShippingAddress;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.payment.PaymentEvent.PaymentCaptureStarted;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.payment.PaymentEvent.PaymentDeclined;
import io.kiroku.payment.PaymentEvent.PaymentRefundStarted;
import io.kiroku.payment.PaymentEvent.PaymentRefunded;
import io.kiroku.payment.PaymentEvent.PaymentStepRepeated;
import io.kiroku.payment.PaymentEvent.PaymentVoided;
import io.kiroku.payment.PaymentStep;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.kiroku.shipping.ShipmentEvent;
import io.kiroku.shipping.ShipmentEvent.ReturnedGoodsReceived;
import io.kiroku.shipping.ShipmentEvent.ReturnedGoodsRefused;
import io.kiroku.shipping.ShipmentEvent.ShipmentArranged;
import io.kiroku.shipping.ShipmentEvent.ShipmentCancellationRejected;
import io.kiroku.shipping.ShipmentEvent.ShipmentCancelled;
import io.kiroku.shipping.ShipmentEvent.ShipmentDelivered;
import io.kiroku.shipping.ShipmentEvent.ShipmentDispatched;
import io.kiroku.shipping.ShipmentEvent.ShipmentRefused;
import io.kiroku.shipping.ShipmentEvent.ShipmentReturnCallOffRejected;
import io.kiroku.shipping.ShipmentEvent.ShipmentReturnCalledOff;
import io.kiroku.shipping.ShipmentEvent.ShipmentReturnExpected;
import io.kiroku.shipping.ShipmentEvent.ShipmentStepRepeated;
import io.kiroku.shipping.ShipmentStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The contexts' events; those of the saga are in [SagaSamples].
public final class Samples {
  public static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  public static final OrderId ORDER = OrderId.of("0b1c2d3e-0000-4000-8000-000000000001");
  public static final ProductId PRODUCT = ProductId.of("0b1c2d3e-0000-4000-8000-000000000002");
  public static final ProductId PRODUCT_2 = ProductId.of("0b1c2d3e-0000-4000-8000-000000000003");
  public static final CategoryId CATEGORY = CategoryId.of("0b1c2d3e-0000-4000-8000-000000000004");
  public static final CategoryId PARENT = CategoryId.of("0b1c2d3e-0000-4000-8000-000000000005");
  public static final Money TOTAL = Money.yen(3_000);

  public static final ShippingAddress ADDRESS =
      new ShippingAddress("山田 花子", "1-2-3 千代田", "", "東京", "東京都", "100-0001", "JP");

  public static final OrderPlaced ORDER_PLACED =
      new OrderPlaced(
          ORDER,
          "user-1",
          List.of(
              new OrderLine(PRODUCT, "Tea bowl", 2, Money.yen(1_000)),
              new OrderLine(PRODUCT_2, "Whisk", 1, Money.yen(1_000))),
          TOTAL,
          Personal.of("user-1", ADDRESS),
          "tok_ok",
          AT);

  public static final OrderReturnRequested RETURN_REQUESTED =
      new OrderReturnRequested(ORDER, "NOT_AS_DESCRIBED", ORDER_PLACED.lines(), AT);

  public static final List<CategoryEvent> CATEGORY_EVENTS =
      List.of(
          new CategoryCreated(CATEGORY, "Tea", "Everything for tea", PARENT, AT),
          new CategoryUpdated(CATEGORY, "Tea ware", "Bowls and whisks", AT),
          new CategoryMoved(CATEGORY, PARENT, AT),
          new CategoryDeleted(CATEGORY, AT));

  public static final List<ProductEvent> PRODUCT_EVENTS =
      List.of(
          new ProductCreated(PRODUCT, "Tea bowl", "Raku ware", Money.yen(1_000), CATEGORY, AT),
          new ProductUpdated(PRODUCT, "Black tea bowl", "Raku ware, black", AT),
          new ProductPriceChanged(PRODUCT, Money.yen(1_200), AT),
          new ProductCategoryChanged(PRODUCT, PARENT, AT),
          new ProductTurnedAway(PRODUCT, CATEGORY, AT),
          new ProductDiscontinued(PRODUCT, AT));

  public static final List<ShelfEvent> SHELF_EVENTS =
      List.of(
          new ProductShelved(CATEGORY, PRODUCT, -1, AT),
          new ShelfOpened(CATEGORY, AT),
          new ShelfClosed(CATEGORY, AT),
          new ShelfReopened(CATEGORY, AT));

  public static final List<StockEvent> STOCK_EVENTS =
      List.of(
          new StockReceived(PRODUCT, 100, AT),
          new StockReserved(PRODUCT, ORDER, 2, AT.plusSeconds(900), AT),
          new StockReservationRejected(PRODUCT, ORDER, 2, "INSUFFICIENT_STOCK", AT),
          new StockReleased(PRODUCT, ORDER, 2, AT),
          new StockCommitted(PRODUCT, ORDER, 2, AT),
          new StockCommitRejected(PRODUCT, ORDER, "NOT_RESERVED", AT),
          new StockReturned(PRODUCT, ORDER, 2, AT),
          new StockStepRepeated(PRODUCT, ORDER, StockStep.RESERVE, AT),
          new StockAdjusted(PRODUCT, -3, AdjustmentReason.DAMAGED, "Broken in the warehouse", AT),
          new StockReservationExpired(PRODUCT, ORDER, 2, AT),
          new StockLow(PRODUCT, 9, 10, AT),
          new StockOut(PRODUCT, AT));

  /// What today's code makes of versions that are stored no more, by their names.
  public static final Map<String, Object> FORMER =
      Map.of(
          "stock-adjusted.v1",
          new StockAdjusted(PRODUCT, -3, AdjustmentReason.OTHER, "Broken in the warehouse", AT));

  public static final List<OrderEvent> ORDER_EVENTS =
      List.of(
          ORDER_PLACED,
          new OrderConfirmed(ORDER, AT),
          new OrderConfirmationRejected(ORDER, "ORDER_CANCELLED", AT),
          new OrderCancelled(ORDER, "INSUFFICIENT_STOCK", AT),
          new OrderStepRepeated(ORDER, OrderStep.CONFIRM, AT),
          new OrderDrafted(ORDER, "user-1", AT),
          new OrderItemAdded(ORDER, PRODUCT, 2, AT),
          new OrderItemChanged(ORDER, PRODUCT, 3, AT),
          new OrderItemRemoved(ORDER, PRODUCT, AT),
          new OrderDraftDiscarded(ORDER, AT),
          new OrderShipped(ORDER, "TRACK-1", AT),
          new OrderDelivered(ORDER, AT),
          new OrderCancellationRejected(ORDER, "ORDER_ALREADY_SHIPPED", AT),
          new OrderFailed(ORDER, "PRODUCT_DAMAGED", AT),
          RETURN_REQUESTED,
          new OrderReturned(ORDER, AT),
          new OrderReturnRefused(ORDER, "RETURN_EXPIRED", AT));

  public static final List<PaymentEvent> PAYMENT_EVENTS =
      List.of(
          new PaymentCaptureStarted(ORDER, TOTAL, AT),
          new PaymentCaptured(ORDER, TOTAL, "pay_1", AT),
          new PaymentDeclined(ORDER, "INSUFFICIENT_FUNDS", AT),
          new PaymentRefundStarted(ORDER, TOTAL, AT),
          new PaymentRefunded(ORDER, TOTAL, AT),
          new PaymentVoided(ORDER, AT),
          new PaymentStepRepeated(ORDER, PaymentStep.CAPTURE, AT));

  public static final List<ShipmentEvent> SHIPMENT_EVENTS =
      List.of(
          new ShipmentArranged(ORDER, "parcel-1", AT),
          new ShipmentRefused(ORDER, "RESTRICTED_AREA", AT),
          new ShipmentCancelled(ORDER, AT),
          new ShipmentStepRepeated(ORDER, ShipmentStep.ARRANGE, AT),
          new ShipmentDispatched(ORDER, "TRACK-1", AT),
          new ShipmentDelivered(ORDER, AT),
          new ShipmentCancellationRejected(ORDER, "SHIPMENT_ALREADY_DISPATCHED", AT),
          new ShipmentReturnExpected(ORDER, AT.plusSeconds(900), AT),
          new ReturnedGoodsReceived(ORDER, AT),
          new ReturnedGoodsRefused(ORDER, "GOODS_DAMAGED", AT),
          new ShipmentReturnCalledOff(ORDER, AT),
          new ShipmentReturnCallOffRejected(ORDER, "RETURN_ALREADY_RECEIVED", AT));

  /// Every sample there is, the saga's included.
  public static List<Object> all() {
    return List.of(
            CATEGORY_EVENTS,
            PRODUCT_EVENTS,
            SHELF_EVENTS,
            STOCK_EVENTS,
            ORDER_EVENTS,
            PAYMENT_EVENTS,
            SHIPMENT_EVENTS,
            SagaSamples.EVENTS)
        .stream()
        .<Object>flatMap(List::stream)
        .toList();
  }

  private Samples() {}
}
