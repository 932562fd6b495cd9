package io.kiroku.fulfillment;

import static io.kiroku.samples.Samples.ORDER;
import static io.kiroku.samples.Samples.ORDER_PLACED;
import static io.kiroku.samples.Samples.PRODUCT;
import static io.kiroku.samples.Samples.PRODUCT_2;
import static io.kiroku.samples.Samples.TOTAL;

import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision.Accepted;
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
import io.kiroku.inventory.StockCommand;
import io.kiroku.inventory.StockDecider;
import io.kiroku.inventory.StockEvent;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.ordering.OrderCommand;
import io.kiroku.ordering.OrderDecider;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.Payment;
import io.kiroku.payment.PaymentCommand;
import io.kiroku.payment.PaymentCommand.RecordCapture;
import io.kiroku.payment.PaymentCommand.RecordDecline;
import io.kiroku.payment.PaymentCommand.RecordRefund;
import io.kiroku.payment.PaymentCommand.StartCapture;
import io.kiroku.payment.PaymentCommand.StartRefund;
import io.kiroku.payment.PaymentDecider;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.saga.Effect.Send;
import io.kiroku.saga.OperatorAction;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaState;
import io.kiroku.saga.SagaState.Stuck;
import io.kiroku.saga.SagaTrigger;
import io.kiroku.saga.SagaTrigger.Intervention;
import io.kiroku.saga.SagaTrigger.TimerFired;
import io.kiroku.shared.ProductId;
import io.kiroku.shipping.ShipmentCommand;
import io.kiroku.shipping.ShipmentDecider;
import io.kiroku.shipping.ShipmentEvent;
import io.kiroku.simulation.Disorder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One order's fulfillment with the real rules of all contexts, in a world in which messages are
/// overtaken, repeated and lost, providers are slow, and the saga hears facts late.
final class World extends Disorder<FulfillmentCommand, SagaTrigger<FulfillmentCommand>> {
  private final Triggers triggers;
  private final Map<ProductId, List<StockEvent>> stock = new HashMap<>();
  private final List<OrderEvent> order = new ArrayList<>();
  private final List<PaymentEvent> payment = new ArrayList<>();
  private final List<ShipmentEvent> shipment = new ArrayList<>();
  // What the saga and the payment recorded, as it came.
  private final List<Object> timeline = new ArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private boolean slowProvider;
  private boolean expiring;
  private Class<?> deadLettered = Void.class;
  private final List<Send<FulfillmentCommand>> deadLetters = new ArrayList<>();

  World(long seed, int lostPercent) {
    var fulfillment = new OrderFulfillment(FulfillmentSettings.DEFAULTS);
    super(fulfillment.saga(), seed, lostPercent, ORDER_PLACED.at());
    this.triggers = fulfillment.triggers();
    for (ProductId product : List.of(PRODUCT, PRODUCT_2)) {
      stock.put(product, new ArrayList<>(List.of(new StockReceived(product, onHand(), now))));
    }
    order.add(ORDER_PLACED);
    triggers.of(ORDER_PLACED).ifPresent(unheard::add);
  }

  /// Until nothing is under way any more; fails if that never happens.
  World run() {
    for (int i = 0; i < 5_000; i++) {
      if (isIdle()) {
        if (held.isEmpty()) {
          return this;
        }
        underWay.addAll(held);
        held.clear();
      }
      step();
    }
    throw new AssertionError("still busy: " + state + timers);
  }

  /// The customer changes his mind, some time.
  World cancelledByCustomer() {
    underWay.add(() -> order(new OrderCommand.CancelOrder(ORDER, "CUSTOMER_REQUEST", now)));
    return this;
  }

  /// The time of each reservation is over some time, now and then in the middle of the way forward.
  World withReservationsThatExpire() {
    expiring = true;
    return this;
  }

  /// Every other answer of the payment provider comes when nothing else happens any more.
  World withSlowProvider() {
    slowProvider = true;
    return this;
  }

  /// Commands of this kind are dead-lettered, and come again when all the rest is over.
  World deadLettered(Class<? extends FulfillmentCommand> kind) {
    deadLettered = kind;
    return this;
  }

  World redriven() {
    deadLetters.forEach(letter -> underWay.add(() -> handle(letter)));
    deadLetters.clear();
    return run();
  }

  /// As long as the saga is stuck, somebody tries again.
  World operated() {
    for (int i = 0; i < 50 && state instanceof Stuck<FulfillmentCommand> stuck; i++) {
      unheard.add(
          new Intervention<>(OperatorAction.RETRY, stuck.step(), "operator", "try again", now));
      run();
    }
    return this;
  }

  SagaState<FulfillmentCommand> saga() {
    return state;
  }

  List<Object> timeline() {
    return timeline;
  }

  List<SagaEvent<FulfillmentCommand>> history() {
    return history;
  }

  List<OrderEvent> order() {
    return order;
  }

  List<PaymentEvent> payment() {
    return payment;
  }

  List<ShipmentEvent> shipment() {
    return shipment;
  }

  List<StockEvent> stockOf(ProductId product) {
    return stock.getOrDefault(product, List.of());
  }

  private long onHand() {
    return random.nextInt(5) == 0 ? 1 : 10;
  }

  @Override
  protected void hear(SagaTrigger<FulfillmentCommand> trigger) {
    decide(trigger);
  }

  @Override
  protected SagaTrigger<FulfillmentCommand> asHeard(TimerFired<FulfillmentCommand> timer) {
    return timer;
  }

  @Override
  protected void recorded(SagaEvent<FulfillmentCommand> event) {
    timeline.add(event);
  }

  @Override
  protected void deliver(Send<FulfillmentCommand> send) {
    if (deadLettered.isInstance(send.command())) {
      deadLetters.add(send);
    } else {
      super.deliver(send);
    }
  }

  @Override
  protected void handle(Send<FulfillmentCommand> send) {
    switch (send.command()) {
      case ReserveStock c -> {
        stock(
            new StockCommand.ReserveStock(c.productId(), ORDER, c.quantity(), c.expiresAt(), now));
        if (expiring) {
          (random.nextInt(4) == 0 ? underWay : held)
              .add(() ->
                  stock(new StockCommand.ExpireReservation(c.productId(), ORDER, c.expiresAt())));
        }
      }
      case ReleaseStock c -> stock(new StockCommand.ReleaseStock(c.productId(), ORDER, now));
      case CommitStock c -> stock(new StockCommand.CommitStock(c.productId(), ORDER, now));
      case ReturnStock c -> stock(new StockCommand.ReturnStock(c.productId(), ORDER, now));
      case CapturePayment _ -> payment(new StartCapture(ORDER, TOTAL, now));
      case RefundPayment _ -> payment(new StartRefund(ORDER, now));
      case ArrangeShipment _ -> underWay.add(this::carrierAnswers);
      case CancelShipment _ -> shipment(new ShipmentCommand.CancelShipment(ORDER, now));
      case ConfirmOrder _ -> order(new OrderCommand.ConfirmOrder(ORDER, now));
      case CancelOrder _ -> order(new OrderCommand.CancelOrder(ORDER, send.reason(), now));
    }
  }

  private void stock(StockCommand command) {
    var stream = stock.computeIfAbsent(command.productId(), _ -> new ArrayList<>());
    record(new StockDecider(), command, stream, triggers::of);
  }

  private void order(OrderCommand command) {
    record(new OrderDecider(), command, order, triggers::of);
  }

  private void shipment(ShipmentCommand command) {
    record(new ShipmentDecider(), command, shipment, triggers::of);
  }

  /// As the participant does: whatever the state asks for is asked of the provider, whose answer
  /// takes its time.
  private void payment(PaymentCommand command) {
    record(new PaymentDecider(), command, payment, triggers::of);
    switch (new PaymentDecider().fold(payment)) {
      case Payment.Capturing _ -> (isHeld() ? held : underWay).add(this::providerAnswers);
      case Payment.Refunding _ -> underWay.add(() -> refundIfStillAsked());
      case Payment.CapturedAfterVoid _ -> payment(new StartRefund(ORDER, now));
      case Payment.Absent _, Payment.Captured _, Payment.Declined _ -> {}
      case Payment.Refunded _, Payment.Voided _ -> {}
    }
  }

  private boolean isHeld() {
    return slowProvider && random.nextBoolean();
  }

  private void refundIfStillAsked() {
    if (new PaymentDecider().fold(payment) instanceof Payment.Refunding) {
      payment(new RecordRefund(ORDER, now));
    }
  }

  private void providerAnswers() {
    switch (random.nextInt(8)) {
      case 0 -> payment(new RecordDecline(ORDER, "PROVIDER_UNAVAILABLE", now));
      case 1 -> payment(new RecordDecline(ORDER, "INSUFFICIENT_FUNDS", now));
      default -> payment(new RecordCapture(ORDER, TOTAL, "pay_1", now));
    }
  }

  private void carrierAnswers() {
    shipment(
        random.nextInt(8) == 0
            ? new ShipmentCommand.RecordRefusal(ORDER, "RESTRICTED_AREA", now)
            : new ShipmentCommand.RecordArrangement(ORDER, "parcel-1", now));
  }

  private <C, S, E> void record(
      Decider<C, S, E> decider,
      C command,
      List<E> stream,
      Function<E, Optional<SagaTrigger<FulfillmentCommand>>> meaning) {
    if (decider.decide(command, decider.fold(stream)) instanceof Accepted<E>(var events)) {
      stream.addAll(events);
      events.stream().filter(PaymentEvent.class::isInstance).forEach(timeline::add);
      events.stream().map(meaning).flatMap(Optional::stream).forEach(unheard::add);
    }
  }
}
