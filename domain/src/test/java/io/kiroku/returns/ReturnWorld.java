package io.kiroku.returns;

import static io.kiroku.samples.Samples.ORDER;
import static io.kiroku.samples.Samples.ORDER_PLACED;
import static io.kiroku.samples.Samples.PRODUCT;
import static io.kiroku.samples.Samples.PRODUCT_2;
import static io.kiroku.samples.Samples.TOTAL;

import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision.Accepted;
import io.kiroku.decider.Decision.Rejected;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.fulfillment.FulfillmentSettings;
import io.kiroku.fulfillment.OrderFulfillment;
import io.kiroku.fulfillment.Triggers;
import io.kiroku.inventory.Stock;
import io.kiroku.inventory.StockCommand;
import io.kiroku.inventory.StockDecider;
import io.kiroku.inventory.StockEvent;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.ordering.Order;
import io.kiroku.ordering.OrderCommand;
import io.kiroku.ordering.OrderDecider;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.Payment;
import io.kiroku.payment.PaymentCommand;
import io.kiroku.payment.PaymentDecider;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.returns.ReturnCommand.CallOffReturn;
import io.kiroku.returns.ReturnCommand.CompleteReturn;
import io.kiroku.returns.ReturnCommand.ExpectReturn;
import io.kiroku.returns.ReturnCommand.RefundPayment;
import io.kiroku.returns.ReturnCommand.RefuseReturn;
import io.kiroku.returns.ReturnCommand.ReturnStock;
import io.kiroku.saga.Effect.Send;
import io.kiroku.saga.OperatorAction;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaState;
import io.kiroku.saga.SagaState.Stuck;
import io.kiroku.saga.SagaTrigger;
import io.kiroku.saga.SagaTrigger.Intervention;
import io.kiroku.saga.SagaTrigger.TimerFired;
import io.kiroku.saga.StepSaga;
import io.kiroku.shared.ProductId;
import io.kiroku.shipping.Shipment;
import io.kiroku.shipping.ShipmentCommand;
import io.kiroku.shipping.ShipmentDecider;
import io.kiroku.shipping.ShipmentEvent;
import io.kiroku.simulation.Disorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The return of one delivered order with the real rules of all contexts, in a world in which
/// messages are overtaken, repeated and lost, and goods come when they come. The fulfillment of
/// that order hears every fact, too.
final class ReturnWorld extends Disorder<ReturnCommand, Object> {
  private final ReturnTriggers triggers;
  private final StepSaga<FulfillmentCommand> fulfillmentSaga;
  private final Triggers fulfillmentTriggers;
  private final List<Object> log = new ArrayList<>();
  private final Map<ProductId, List<StockEvent>> stock = new HashMap<>();
  private final List<OrderEvent> order = new ArrayList<>();
  private final List<PaymentEvent> payment = new ArrayList<>();
  private final List<ShipmentEvent> shipment = new ArrayList<>();
  private final List<String> rejections = new ArrayList<>();
  private SagaState<FulfillmentCommand> fulfillment;
  private boolean providerBroken;
  private Consumer<ReturnWorld> warehouse = _ -> {};

  ReturnWorld(long seed, int lostPercent) {
    OrderReturn process = new OrderReturn(ReturnSettings.DEFAULTS);
    super(process.saga(), seed, lostPercent, ORDER_PLACED.at());
    this.triggers = process.triggers();
    OrderFulfillment other = new OrderFulfillment(FulfillmentSettings.DEFAULTS);
    this.fulfillmentSaga = other.saga();
    this.fulfillmentTriggers = other.triggers();
    this.fulfillment = fulfillmentSaga.initial();
    for (ProductId product : List.of(PRODUCT, PRODUCT_2)) {
      stock.put(product, new ArrayList<>(List.of(new StockReceived(product, 10, now))));
    }
    deliver();
  }

  /// The whole way to the customer, heard by both processes.
  private void deliver() {
    order.add(ORDER_PLACED);
    unheard.add(ORDER_PLACED);
    stock(new StockCommand.ReserveStock(PRODUCT, ORDER, 2, now.plusSeconds(900), now));
    stock(new StockCommand.ReserveStock(PRODUCT_2, ORDER, 1, now.plusSeconds(900), now));
    payment(new PaymentCommand.StartCapture(ORDER, TOTAL, now));
    payment(new PaymentCommand.RecordCapture(ORDER, TOTAL, "pay_1", now));
    shipment(new ShipmentCommand.RecordArrangement(ORDER, "parcel-1", now));
    stock(new StockCommand.CommitStock(PRODUCT, ORDER, now));
    stock(new StockCommand.CommitStock(PRODUCT_2, ORDER, now));
    order(new OrderCommand.ConfirmOrder(ORDER, now));
    shipment(new ShipmentCommand.DispatchShipment(ORDER, "TRACK-1", now));
    order(new OrderCommand.ShipOrder(ORDER, "TRACK-1", now));
    order(new OrderCommand.DeliverOrder(ORDER, now));
    while (!unheard.isEmpty()) {
      hear(unheard.remove());
    }
  }

  ReturnWorld requested() {
    underWay.add(() ->
        order(new OrderCommand.RequestReturn(ORDER, "NOT_AS_DESCRIBED", Duration.ofDays(30), now)));
    return this;
  }

  /// What happens in the warehouse some time after goods are expected.
  ReturnWorld warehouse(Consumer<ReturnWorld> does) {
    warehouse = does;
    return this;
  }

  ReturnWorld withBrokenProvider() {
    providerBroken = true;
    return this;
  }

  ReturnWorld withRepairedProvider() {
    providerBroken = false;
    return this;
  }

  ReturnWorld later(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  void receiveGoods() {
    shipment(new ShipmentCommand.ReceiveReturn(ORDER, now));
  }

  void refuseGoods() {
    shipment(new ShipmentCommand.RefuseReturn(ORDER, "GOODS_DAMAGED", now));
  }

  /// The provider's answer, however late.
  void refundAnswered() {
    payment(new PaymentCommand.RecordRefund(ORDER, now));
  }

  /// Somebody gives the money back past the process.
  void refundedByHand() {
    payment(new PaymentCommand.StartRefund(ORDER, now));
  }

  ReturnWorld intervened(OperatorAction action, String step) {
    unheard.add(new Intervention<ReturnCommand>(action, step, "operator", "somebody called", now));
    return this;
  }

  /// As long as the saga is stuck, somebody tries again.
  ReturnWorld operated() {
    for (int i = 0; i < 50 && state instanceof Stuck<ReturnCommand> stuck; i++) {
      intervened(OperatorAction.RETRY, stuck.step()).run();
    }
    return this;
  }

  /// Until nothing is under way any more; fails if that never happens.
  ReturnWorld run() {
    for (int i = 0; i < 5_000; i++) {
      if (isIdle()) {
        return this;
      }
      step();
    }
    throw new AssertionError("still busy: " + state + timers);
  }

  /// As [#run], but nothing is overtaken or slow: time passes only when there is nothing to do.
  ReturnWorld settle() {
    for (int i = 0; i < 100; i++) {
      runUntilItWaits();
      if (timers.isEmpty()) {
        return this;
      }
      fireNextTimer();
    }
    throw new AssertionError("still busy: " + state + timers);
  }

  /// Until it waits for a timer and for nothing else.
  ReturnWorld runUntilItWaits() {
    while (!underWay.isEmpty() || !unheard.isEmpty()) {
      if (!unheard.isEmpty()) {
        hear(unheard.remove());
      } else {
        underWay.removeFirst().run();
      }
    }
    return this;
  }

  SagaState<ReturnCommand> saga() {
    return state;
  }

  SagaState<FulfillmentCommand> fulfillment() {
    return fulfillment;
  }

  List<SagaEvent<ReturnCommand>> history() {
    return history;
  }

  /// Codes of what was refused to the warehouse or the customer.
  List<String> rejections() {
    return rejections;
  }

  /// Facts of all contexts as they came.
  List<Object> log() {
    return log;
  }

  Order order() {
    return new OrderDecider().fold(order);
  }

  Payment payment() {
    return new PaymentDecider().fold(payment);
  }

  Shipment shipment() {
    return new ShipmentDecider().fold(shipment);
  }

  Stock stockOf(ProductId product) {
    return new StockDecider().fold(stock.getOrDefault(product, List.of()));
  }

  int random(int bound) {
    return random.nextInt(bound);
  }

  @Override
  protected Object asHeard(TimerFired<ReturnCommand> timer) {
    return timer;
  }

  @Override
  protected void hear(Object heard) {
    switch (heard) {
      case OrderEvent e -> hear(triggers.of(e), fulfillmentTriggers.of(e));
      case StockEvent e -> hear(triggers.of(e), fulfillmentTriggers.of(e));
      case PaymentEvent e -> hear(triggers.of(e), fulfillmentTriggers.of(e));
      case ShipmentEvent e -> hear(triggers.of(e), fulfillmentTriggers.of(e));
      case TimerFired<?>(var timer, var at) -> decide(new TimerFired<>(timer, at));
      case Intervention<?>(var action, var step, var actor, var reason, var at) ->
          decide(new Intervention<>(action, step, actor, reason, at));
      default -> throw new AssertionError(heard);
    }
  }

  private void hear(
      Optional<ReturnTriggers.Told> told, Optional<SagaTrigger<FulfillmentCommand>> other) {
    told.ifPresent(found -> decide(found.trigger()));
    other.ifPresent(trigger ->
        fulfillmentSaga
            .decide(trigger, fulfillment)
            .forEach(event -> fulfillment = fulfillmentSaga.evolve(fulfillment, event)));
  }

  @Override
  protected void handle(Send<ReturnCommand> send) {
    switch (send.command()) {
      case ExpectReturn c -> {
        shipment(new ShipmentCommand.ExpectReturn(ORDER, c.until(), now));
        underWay.add(() -> warehouse.accept(this));
      }
      case CallOffReturn _ -> shipment(new ShipmentCommand.CallOffReturn(ORDER, now));
      case ReturnStock c -> stock(new StockCommand.ReturnStock(c.productId(), ORDER, now));
      case RefundPayment _ -> payment(new PaymentCommand.StartRefund(ORDER, now));
      case CompleteReturn _ -> order(new OrderCommand.CompleteReturn(ORDER, now));
      case RefuseReturn _ ->
          order(new OrderCommand.RefuseReturn(ORDER, OrderReturn.refusal(send.reason()), now));
    }
  }

  private void stock(StockCommand command) {
    var stream = stock.computeIfAbsent(command.productId(), _ -> new ArrayList<>());
    record(new StockDecider(), command, stream);
  }

  private void order(OrderCommand command) {
    record(new OrderDecider(), command, order);
  }

  private void shipment(ShipmentCommand command) {
    record(new ShipmentDecider(), command, shipment);
  }

  private void payment(PaymentCommand command) {
    record(new PaymentDecider(), command, payment);
    if (payment() instanceof Payment.Refunding && !providerBroken) {
      underWay.add(() -> {
        if (payment() instanceof Payment.Refunding) {
          refundAnswered();
        }
      });
    }
  }

  private <C, S, E> void record(Decider<C, S, E> decider, C command, List<E> stream) {
    switch (decider.decide(command, decider.fold(stream))) {
      case Accepted<E>(var events) -> {
        stream.addAll(events);
        log.addAll(events);
        unheard.addAll(events);
      }
      case Rejected<E>(var reason) -> rejections.add(reason.code());
    }
  }
}
