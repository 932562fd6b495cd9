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
import io.kiroku.saga.Effect;
import io.kiroku.saga.Effect.CancelAllTimers;
import io.kiroku.saga.Effect.CancelTimer;
import io.kiroku.saga.Effect.Send;
import io.kiroku.saga.Effect.StartTimer;
import io.kiroku.saga.OperatorAction;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaState;
import io.kiroku.saga.SagaState.Stuck;
import io.kiroku.saga.SagaTrigger;
import io.kiroku.saga.SagaTrigger.Intervention;
import io.kiroku.saga.SagaTrigger.TimerFired;
import io.kiroku.saga.StepSaga;
import io.kiroku.shared.ProductId;
import io.kiroku.shipping.ShipmentCommand;
import io.kiroku.shipping.ShipmentDecider;
import io.kiroku.shipping.ShipmentEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/// One order's fulfillment with the real rules of all contexts, in a world in which messages are
/// overtaken, repeated and lost, providers are slow, and the saga hears facts late.
final class World {
  private final Random random;
  private final int lostPercent;
  private final StepSaga<FulfillmentCommand> saga;
  private final Triggers triggers;
  private final List<Runnable> underWay = new ArrayList<>();
  private final Deque<SagaTrigger<FulfillmentCommand>> unheard = new ArrayDeque<>();
  private final Map<String, Instant> timers = new HashMap<>();
  private final Map<ProductId, List<StockEvent>> stock = new HashMap<>();
  private final List<OrderEvent> order = new ArrayList<>();
  private final List<PaymentEvent> payment = new ArrayList<>();
  private final List<ShipmentEvent> shipment = new ArrayList<>();
  private final List<SagaEvent<FulfillmentCommand>> history = new ArrayList<>();
  // What the saga and the payment recorded, as it came.
  private final List<Object> timeline = new ArrayList<>();
  private SagaState<FulfillmentCommand> state;
  private Instant now = ORDER_PLACED.at();
  private final List<Runnable> held = new ArrayList<>();
  private boolean slowProvider;
  private boolean expiring;
  private Class<?> deadLettered = Void.class;
  private final List<Send<FulfillmentCommand>> deadLetters = new ArrayList<>();

  World(long seed, int lostPercent) {
    this.random = new Random(seed);
    this.lostPercent = lostPercent;
    var fulfillment = new OrderFulfillment(FulfillmentSettings.DEFAULTS);
    this.saga = fulfillment.saga();
    this.triggers = fulfillment.triggers();
    this.state = saga.initial();
    for (ProductId product : List.of(PRODUCT, PRODUCT_2)) {
      stock.put(product, new ArrayList<>(List.of(new StockReceived(product, onHand(), now))));
    }
    order.add(ORDER_PLACED);
    triggers.of(ORDER_PLACED).ifPresent(unheard::add);
  }

  /// Until nothing is under way any more; fails if that never happens.
  World run() {
    for (int i = 0; i < 5_000; i++) {
      if (underWay.isEmpty() && unheard.isEmpty() && timers.isEmpty()) {
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

  private void step() {
    int choice = random.nextInt(100);
    if (choice < 45 && !underWay.isEmpty()) {
      underWay.remove(random.nextInt(underWay.size())).run();
    } else if (choice < 90 && !unheard.isEmpty()) {
      hear(unheard.remove());
    } else if (choice < 93 || (underWay.isEmpty() && unheard.isEmpty())) {
      fireNextTimer();
    }
  }

  private void fireNextTimer() {
    timers.entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .ifPresent(timer -> {
          timers.remove(timer.getKey());
          now = timer.getValue().isAfter(now) ? timer.getValue() : now;
          unheard.add(new TimerFired<>(timer.getKey(), now));
        });
  }

  private void hear(SagaTrigger<FulfillmentCommand> trigger) {
    for (SagaEvent<FulfillmentCommand> event : saga.decide(trigger, state)) {
      state = saga.evolve(state, event);
      history.add(event);
      timeline.add(event);
      saga.effects(event).forEach(this::carryOut);
    }
  }

  private void carryOut(Effect<FulfillmentCommand> effect) {
    switch (effect) {
      case StartTimer<FulfillmentCommand>(var timer, var dueAt) -> timers.put(timer, dueAt);
      case CancelTimer<FulfillmentCommand>(var timer) -> timers.remove(timer);
      case CancelAllTimers<FulfillmentCommand> _ -> timers.clear();
      case Send<FulfillmentCommand> send -> deliver(send);
    }
  }

  private void deliver(Send<FulfillmentCommand> send) {
    if (deadLettered.isInstance(send.command())) {
      deadLetters.add(send);
      return;
    }
    int copies = random.nextInt(100) < lostPercent ? 0 : 1 + random.nextInt(10) / 9;
    for (int i = 0; i < copies; i++) {
      underWay.add(() -> handle(send));
    }
  }

  private void handle(Send<FulfillmentCommand> send) {
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
