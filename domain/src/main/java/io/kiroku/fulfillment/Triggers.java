package io.kiroku.fulfillment;

import static io.kiroku.fulfillment.FulfillmentCommand.WholeCommand.PART;
import static io.kiroku.saga.SagaTrigger.Phase.COMPENSATION;
import static io.kiroku.saga.SagaTrigger.Phase.FORWARD;

import io.kiroku.inventory.StockEvent;
import io.kiroku.inventory.StockEvent.StockCommitRejected;
import io.kiroku.inventory.StockEvent.StockCommitted;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.inventory.StockEvent.StockReleased;
import io.kiroku.inventory.StockEvent.StockReservationRejected;
import io.kiroku.inventory.StockEvent.StockReserved;
import io.kiroku.inventory.StockEvent.StockReturned;
import io.kiroku.inventory.StockEvent.StockStepRepeated;
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
import io.kiroku.payment.PaymentEvent;
import io.kiroku.payment.PaymentEvent.PaymentCaptureStarted;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.payment.PaymentEvent.PaymentDeclined;
import io.kiroku.payment.PaymentEvent.PaymentRefundStarted;
import io.kiroku.payment.PaymentEvent.PaymentRefunded;
import io.kiroku.payment.PaymentEvent.PaymentStepRepeated;
import io.kiroku.payment.PaymentEvent.PaymentVoided;
import io.kiroku.saga.SagaTrigger;
import io.kiroku.saga.SagaTrigger.Abort;
import io.kiroku.saga.SagaTrigger.Failed;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.SagaTrigger.Start;
import io.kiroku.saga.SagaTrigger.Succeeded;
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
import java.time.Instant;
import java.util.Optional;

/// What each fact of the contexts means to the fulfillment of its order; empty if nothing. Every
/// event takes a stand here: one that is missing does not compile.
public final class Triggers {
  private final OrderFulfillment fulfillment;

  Triggers(OrderFulfillment fulfillment) {
    this.fulfillment = fulfillment;
  }

  public Optional<SagaTrigger<FulfillmentCommand>> of(OrderEvent event) {
    return switch (event) {
      case OrderPlaced e ->
          Optional.of(new Start<>(e.orderId().toString(), fulfillment.plan(e), e.at()));
      case OrderConfirmed e -> Optional.of(done(Steps.CONFIRM_ORDER, FORWARD, PART, e.at()));
      case OrderConfirmationRejected e ->
          Optional.of(failed(Steps.CONFIRM_ORDER, PART, e.code(), e.at()));
      case OrderCancelled e ->
          Optional.of(new Abort<>(Steps.ACCEPT_ORDER, PART, e.reason(), e.at()));
      case OrderCancellationRejected e ->
          Optional.of(new Failed<>(Steps.ACCEPT_ORDER, COMPENSATION, PART, e.code(), e.at()));
      case OrderFailed e -> Optional.of(new Abort<>(Steps.ACCEPT_ORDER, PART, e.code(), e.at()));
      case OrderStepRepeated e ->
          switch (e.step()) {
            case CONFIRM -> Optional.of(done(Steps.CONFIRM_ORDER, FORWARD, PART, e.at()));
            case CANCEL -> Optional.of(done(Steps.ACCEPT_ORDER, COMPENSATION, PART, e.at()));
            case COMPLETE_RETURN, REFUSE_RETURN -> Optional.empty();
          };
      // Before there is anything to fulfil, and after it was.
      case OrderDrafted _, OrderItemAdded _, OrderItemChanged _ -> Optional.empty();
      case OrderItemRemoved _, OrderDraftDiscarded _ -> Optional.empty();
      case OrderShipped _, OrderDelivered _ -> Optional.empty();
      case OrderReturnRequested _, OrderReturned _, OrderReturnRefused _ -> Optional.empty();
    };
  }

  public Optional<SagaTrigger<FulfillmentCommand>> of(StockEvent event) {
    String part = partOf(event.productId());
    Instant at = event.at();
    return switch (event) {
      case StockReceived _ -> Optional.empty();
      case StockEvent.StockAdjusted _, StockEvent.StockLow _, StockEvent.StockOut _ ->
          Optional.empty();
      // Whether the order still needed it shows when it commits.
      case StockEvent.StockReservationExpired _ -> Optional.empty();
      case StockReserved _ -> Optional.of(done(Steps.RESERVE_INVENTORY, FORWARD, part, at));
      case StockReservationRejected e ->
          Optional.of(failed(Steps.RESERVE_INVENTORY, part, e.code(), at));
      case StockReleased _ -> Optional.of(done(Steps.RESERVE_INVENTORY, COMPENSATION, part, at));
      case StockCommitted _ -> Optional.of(done(Steps.COMMIT_STOCK, FORWARD, part, at));
      case StockCommitRejected e -> Optional.of(failed(Steps.COMMIT_STOCK, part, e.code(), at));
      case StockReturned _ -> Optional.of(done(Steps.COMMIT_STOCK, COMPENSATION, part, at));
      case StockStepRepeated e ->
          Optional.of(
              switch (e.step()) {
                case RESERVE -> done(Steps.RESERVE_INVENTORY, FORWARD, part, at);
                case RELEASE -> done(Steps.RESERVE_INVENTORY, COMPENSATION, part, at);
                case COMMIT -> done(Steps.COMMIT_STOCK, FORWARD, part, at);
                case RETURN -> done(Steps.COMMIT_STOCK, COMPENSATION, part, at);
              });
    };
  }

  public Optional<SagaTrigger<FulfillmentCommand>> of(PaymentEvent event) {
    Instant at = event.at();
    return switch (event) {
      case PaymentCaptureStarted _, PaymentRefundStarted _ -> Optional.empty();
      case PaymentCaptured _ -> Optional.of(done(Steps.PROCESS_PAYMENT, FORWARD, PART, at));
      case PaymentDeclined e -> Optional.of(failed(Steps.PROCESS_PAYMENT, PART, e.code(), at));
      case PaymentRefunded _, PaymentVoided _ ->
          Optional.of(done(Steps.PROCESS_PAYMENT, COMPENSATION, PART, at));
      case PaymentStepRepeated e ->
          Optional.of(
              switch (e.step()) {
                case CAPTURE -> done(Steps.PROCESS_PAYMENT, FORWARD, PART, at);
                case REFUND -> done(Steps.PROCESS_PAYMENT, COMPENSATION, PART, at);
              });
    };
  }

  public Optional<SagaTrigger<FulfillmentCommand>> of(ShipmentEvent event) {
    Instant at = event.at();
    return switch (event) {
      case ShipmentArranged _ -> Optional.of(done(Steps.ARRANGE_SHIPPING, FORWARD, PART, at));
      case ShipmentRefused e -> Optional.of(failed(Steps.ARRANGE_SHIPPING, PART, e.code(), at));
      case ShipmentCancelled _ -> Optional.of(done(Steps.ARRANGE_SHIPPING, COMPENSATION, PART, at));
      case ShipmentCancellationRejected e ->
          Optional.of(new Failed<>(Steps.ARRANGE_SHIPPING, COMPENSATION, PART, e.code(), at));
      case ShipmentStepRepeated e ->
          switch (e.step()) {
            case ARRANGE -> Optional.of(done(Steps.ARRANGE_SHIPPING, FORWARD, PART, at));
            case CANCEL -> Optional.of(done(Steps.ARRANGE_SHIPPING, COMPENSATION, PART, at));
            case CALL_OFF_RETURN -> Optional.empty();
          };
      case ShipmentDispatched _, ShipmentDelivered _ -> Optional.empty();
      case ShipmentReturnExpected _, ReturnedGoodsReceived _, ReturnedGoodsRefused _ ->
          Optional.empty();
      case ShipmentReturnCalledOff _, ShipmentReturnCallOffRejected _ -> Optional.empty();
    };
  }

  private static SagaTrigger<FulfillmentCommand> done(
      String step, Phase phase, String part, Instant at) {
    return new Succeeded<>(step, phase, part, at);
  }

  private static SagaTrigger<FulfillmentCommand> failed(
      String step, String part, String code, Instant at) {
    return new Failed<>(step, FORWARD, part, code, at);
  }

  private static String partOf(ProductId product) {
    return product.toString();
  }
}
