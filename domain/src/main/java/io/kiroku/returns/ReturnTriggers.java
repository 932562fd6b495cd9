package io.kiroku.returns;

import static io.kiroku.returns.ReturnCommand.WHOLE;
import static io.kiroku.saga.SagaTrigger.Phase.COMPENSATION;
import static io.kiroku.saga.SagaTrigger.Phase.FORWARD;

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
import io.kiroku.saga.SagaTrigger.Failed;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.SagaTrigger.Start;
import io.kiroku.saga.SagaTrigger.Succeeded;
import io.kiroku.shared.OrderId;
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

/// What each fact of the contexts means to the return of its order; empty if nothing. Every event
/// takes a stand here: one that is missing does not compile.
///
/// That stock came back, or money, is true of the order whoever asked for it, so it completes the
/// step that wants it; a return that has not come to that step, or was never asked for, ignores it.
public final class ReturnTriggers {
  private final OrderReturn process;

  ReturnTriggers(OrderReturn process) {
    this.process = process;
  }

  /// Whose return it is, and what that hears.
  public record Told(OrderId orderId, SagaTrigger<ReturnCommand> trigger) {}

  public Optional<Told> of(OrderEvent event) {
    Instant at = event.at();
    return switch (event) {
      case OrderReturnRequested e ->
          told(e.orderId(), new Start<>(e.orderId().toString(), process.plan(e), at));
      case OrderReturned e -> done(e.orderId(), ReturnSteps.COMPLETE_RETURN, FORWARD, at);
      case OrderReturnRefused e -> done(e.orderId(), ReturnSteps.ACCEPT_RETURN, COMPENSATION, at);
      case OrderStepRepeated e ->
          switch (e.step()) {
            case COMPLETE_RETURN -> done(e.orderId(), ReturnSteps.COMPLETE_RETURN, FORWARD, at);
            case REFUSE_RETURN -> done(e.orderId(), ReturnSteps.ACCEPT_RETURN, COMPENSATION, at);
            case CONFIRM, CANCEL -> Optional.empty();
          };
      // The way to the customer.
      case OrderDrafted _, OrderItemAdded _, OrderItemChanged _ -> Optional.empty();
      case OrderItemRemoved _, OrderDraftDiscarded _ -> Optional.empty();
      case OrderPlaced _, OrderConfirmed _, OrderShipped _, OrderDelivered _ -> Optional.empty();
      // What ends without being delivered is not returned.
      case OrderCancelled _, OrderFailed _ -> Optional.empty();
      case OrderConfirmationRejected _, OrderCancellationRejected _ -> Optional.empty();
    };
  }

  public Optional<Told> of(ShipmentEvent event) {
    Instant at = event.at();
    return switch (event) {
      case ReturnedGoodsReceived e -> done(e.orderId(), ReturnSteps.RECEIVE_GOODS, FORWARD, at);
      case ReturnedGoodsRefused e -> goodsFailed(e.orderId(), FORWARD, e.code(), at);
      case ShipmentReturnCalledOff e ->
          done(e.orderId(), ReturnSteps.RECEIVE_GOODS, COMPENSATION, at);
      case ShipmentReturnCallOffRejected e -> goodsFailed(e.orderId(), COMPENSATION, e.code(), at);
      case ShipmentStepRepeated e ->
          switch (e.step()) {
            case CALL_OFF_RETURN -> done(e.orderId(), ReturnSteps.RECEIVE_GOODS, COMPENSATION, at);
            case ARRANGE, CANCEL -> Optional.empty();
          };
      // The goods themselves are the answer.
      case ShipmentReturnExpected _ -> Optional.empty();
      case ShipmentArranged _, ShipmentRefused _, ShipmentCancelled _ -> Optional.empty();
      case ShipmentCancellationRejected _ -> Optional.empty();
      case ShipmentDispatched _, ShipmentDelivered _ -> Optional.empty();
    };
  }

  public Optional<Told> of(StockEvent event) {
    return switch (event) {
      case StockReturned e -> stockReturned(e.orderId(), e);
      case StockStepRepeated e ->
          switch (e.step()) {
            case RETURN -> stockReturned(e.orderId(), e);
            case RESERVE, RELEASE, COMMIT -> Optional.empty();
          };
      case StockReceived _, StockAdjusted _, StockLow _, StockOut _ -> Optional.empty();
      case StockReserved _, StockReservationRejected _ -> Optional.empty();
      case StockReservationExpired _, StockReleased _ -> Optional.empty();
      case StockCommitted _, StockCommitRejected _ -> Optional.empty();
    };
  }

  public Optional<Told> of(PaymentEvent event) {
    Instant at = event.at();
    return switch (event) {
      case PaymentRefunded e -> done(e.orderId(), ReturnSteps.REFUND_PAYMENT, FORWARD, at);
      case PaymentVoided e -> done(e.orderId(), ReturnSteps.REFUND_PAYMENT, FORWARD, at);
      case PaymentStepRepeated e ->
          switch (e.step()) {
            case REFUND -> done(e.orderId(), ReturnSteps.REFUND_PAYMENT, FORWARD, at);
            case CAPTURE -> Optional.empty();
          };
      case PaymentCaptureStarted _, PaymentCaptured _, PaymentDeclined _ -> Optional.empty();
      case PaymentRefundStarted _ -> Optional.empty();
    };
  }

  private static Optional<Told> stockReturned(OrderId order, StockEvent event) {
    String part = event.productId().toString();
    return told(order, new Succeeded<>(ReturnSteps.RETURN_STOCK, FORWARD, part, event.at()));
  }

  private static Optional<Told> done(OrderId order, String step, Phase phase, Instant at) {
    return told(order, new Succeeded<>(step, phase, WHOLE, at));
  }

  private static Optional<Told> goodsFailed(OrderId order, Phase phase, String code, Instant at) {
    return told(order, new Failed<>(ReturnSteps.RECEIVE_GOODS, phase, WHOLE, code, at));
  }

  private static Optional<Told> told(OrderId order, SagaTrigger<ReturnCommand> trigger) {
    return Optional.of(new Told(order, trigger));
  }
}
