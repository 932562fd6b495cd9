package io.kiroku.fulfillment;

import io.kiroku.fulfillment.FulfillmentCommand.ArrangeShipment;
import io.kiroku.fulfillment.FulfillmentCommand.CancelOrder;
import io.kiroku.fulfillment.FulfillmentCommand.CancelShipment;
import io.kiroku.fulfillment.FulfillmentCommand.CapturePayment;
import io.kiroku.fulfillment.FulfillmentCommand.CommitStock;
import io.kiroku.fulfillment.FulfillmentCommand.ConfirmOrder;
import io.kiroku.fulfillment.FulfillmentCommand.RefundPayment;
import io.kiroku.fulfillment.FulfillmentCommand.ReleaseStock;
import io.kiroku.fulfillment.FulfillmentCommand.ReserveStock;
import io.kiroku.fulfillment.FulfillmentCommand.ReturnStock;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderLine;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.StepSaga;
import io.kiroku.shared.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// How an order is fulfilled: which steps, in which order, and what undoes each.
public final class OrderFulfillment {
  /// The stored name of the process.
  public static final String NAME = "order-fulfillment";

  private final FulfillmentSettings settings;

  public OrderFulfillment(FulfillmentSettings settings) {
    this.settings = settings;
  }

  public StepSaga<FulfillmentCommand> saga() {
    return new StepSaga<>(NAME, settings.steps(), settings.deadline(), settings.compensation());
  }

  public Triggers triggers() {
    return new Triggers(this);
  }

  /// The whole process of one order. Its first step has nothing to do: the order is there. It
  /// exists for its compensation, which therefore comes last.
  public List<PlannedStep<FulfillmentCommand>> plan(OrderPlaced placed) {
    OrderId order = placed.orderId();
    Instant expiresAt = placed.at().plus(settings.reservationExpiry());
    return List.of(
        new PlannedStep<>(Steps.ACCEPT_ORDER, List.of(), List.of(new CancelOrder(order))),
        new PlannedStep<>(
            Steps.RESERVE_INVENTORY,
            perLine(
                placed,
                line -> new ReserveStock(order, line.productId(), line.quantity(), expiresAt)),
            perLine(placed, line -> new ReleaseStock(order, line.productId()))),
        new PlannedStep<>(
            Steps.PROCESS_PAYMENT,
            List.of(new CapturePayment(order)),
            List.of(new RefundPayment(order))),
        new PlannedStep<>(
            Steps.ARRANGE_SHIPPING,
            List.of(new ArrangeShipment(order)),
            List.of(new CancelShipment(order))),
        new PlannedStep<>(
            Steps.COMMIT_STOCK,
            perLine(placed, line -> new CommitStock(order, line.productId())),
            perLine(placed, line -> new ReturnStock(order, line.productId()))),
        new PlannedStep<>(Steps.CONFIRM_ORDER, List.of(new ConfirmOrder(order)), List.of()));
  }

  private static List<FulfillmentCommand> perLine(
      OrderPlaced placed, Function<OrderLine, FulfillmentCommand> command) {
    return placed.lines().stream().map(command).toList();
  }
}
