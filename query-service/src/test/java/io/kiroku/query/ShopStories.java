package io.kiroku.query;

import io.kiroku.catalog.CategoryEvent.CategoryCreated;
import io.kiroku.catalog.CategoryEvent.CategoryMoved;
import io.kiroku.catalog.CategoryEvent.CategoryUpdated;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.catalog.ProductEvent.ProductDiscontinued;
import io.kiroku.catalog.ProductEvent.ProductPriceChanged;
import io.kiroku.catalog.ProductEvent.ProductUpdated;
import io.kiroku.decider.Personal;
import io.kiroku.eventstore.StreamId;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.fulfillment.FulfillmentCommand.CapturePayment;
import io.kiroku.fulfillment.FulfillmentCommand.RefundPayment;
import io.kiroku.fulfillment.Steps;
import io.kiroku.inventory.StockEvent.StockCommitted;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.inventory.StockEvent.StockReleased;
import io.kiroku.inventory.StockEvent.StockReserved;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderDelivered;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderEvent.OrderReturned;
import io.kiroku.ordering.OrderEvent.OrderShipped;
import io.kiroku.ordering.OrderLine;
import io.kiroku.ordering.ShippingAddress;
import io.kiroku.payment.PaymentEvent.PaymentCaptureStarted;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.payment.PaymentEvent.PaymentRefunded;
import io.kiroku.returns.ReturnCommand;
import io.kiroku.returns.ReturnCommand.RefuseReturn;
import io.kiroku.returns.ReturnSteps;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.SagaEvent.SagaCompleted;
import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.saga.SagaEvent.StepCompleted;
import io.kiroku.saga.SagaEvent.StepFailed;
import io.kiroku.saga.SagaEvent.StepRequested;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.kiroku.shipping.ShipmentEvent.ShipmentArranged;
import io.kiroku.shipping.ShipmentEvent.ShipmentDelivered;
import io.kiroku.shipping.ShipmentEvent.ShipmentDispatched;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;

/// What happens in a shop, in all of its streams, as it may come in the log.
final class ShopStories {
  private static final Instant AT = Instant.parse("2026-11-20T09:00:00Z");
  private static final Money PRICE = Money.yen(800);

  private final Random random;
  private final List<Queue<Happened>> streams = new ArrayList<>();

  record Happened(StreamId stream, Object event) {}

  private ShopStories(Random random) {
    this.random = random;
  }

  /// Of each stream its events in their order, and the streams mixed at random.
  static List<Happened> of(Random random, int orders, int products) {
    var stories = new ShopStories(random);
    stories.categories();
    for (int i = 0; i < orders; i++) {
      stories.order(new OrderId(stories.uuid()));
    }
    for (int i = 0; i < products; i++) {
      stories.product(new ProductId(stories.uuid()));
    }
    return stories.mixed();
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private void tell(String category, Object id, List<?> story) {
    StreamId stream = StreamId.of(category, id.toString());
    streams.add(
        new ArrayDeque<>(story.stream().map(event -> new Happened(stream, event)).toList()));
  }

  private List<Happened> mixed() {
    List<Happened> all = new ArrayList<>();
    while (!streams.isEmpty()) {
      int next = random.nextInt(streams.size());
      all.add(streams.get(next).remove());
      if (streams.get(next).isEmpty()) {
        streams.remove(next);
      }
    }
    return all;
  }

  private void categories() {
    var top = new CategoryId(uuid());
    List<Object> story = new ArrayList<>(List.of(new CategoryCreated(top, "Tea", "", null, AT)));
    for (int i = 0; i < 10; i++) {
      var below = new CategoryId(uuid());
      story.add(new CategoryCreated(below, "Tea " + i, "", null, AT));
      story.add(new CategoryMoved(below, top, AT));
      story.add(new CategoryUpdated(below, "Better tea " + i, "", AT));
    }
    tell("categories", "acme", story);
  }

  private void product(ProductId id) {
    List<Object> story = new ArrayList<>();
    story.add(new ProductCreated(id, "Tea", "green", PRICE, new CategoryId(uuid()), AT));
    for (int i = random.nextInt(6); i >= 0; i--) {
      story.add(new ProductPriceChanged(id, Money.yen(1 + random.nextInt(900)), AT));
      story.add(new ProductUpdated(id, "Tea " + i, "black", AT));
    }
    if (random.nextBoolean()) {
      story.add(new ProductDiscontinued(id, AT));
    }
    tell("product", id, story);
    tell("stock", id, stock(id));
  }

  private List<?> stock(ProductId id) {
    List<Object> story = new ArrayList<>(List.of(new StockReceived(id, 100, AT)));
    for (int i = random.nextInt(8); i >= 0; i--) {
      var order = new OrderId(uuid());
      int pieces = 1 + random.nextInt(5);
      story.add(new StockReserved(id, order, pieces, AT, AT));
      story.add(
          random.nextBoolean()
              ? new StockReleased(id, order, pieces, AT)
              : new StockCommitted(id, order, pieces, AT));
    }
    return story;
  }

  private void order(OrderId id) {
    boolean succeeds = random.nextInt(3) > 0;
    tell("order", id, ordering(id, succeeds));
    tell("fulfillment", id, fulfillment(id, succeeds));
    var captureStarted = new PaymentCaptureStarted(id, PRICE, AT);
    var captured = new PaymentCaptured(id, PRICE, "ref", AT);
    if (succeeds) {
      tell("payment", id, List.of(captureStarted, captured));
      tell(
          "shipment",
          id,
          List.of(
              new ShipmentArranged(id, "KA-1", AT),
              new ShipmentDispatched(id, "T-1", AT),
              new ShipmentDelivered(id, AT)));
      tell("return", id, returned(id));
    } else {
      tell("payment", id, List.of(captureStarted, captured, new PaymentRefunded(id, PRICE, AT)));
    }
  }

  private static List<?> ordering(OrderId id, boolean succeeds) {
    var address = new ShippingAddress("Mika", "1", "", "Kyoto", "", "605-0001", "JP");
    var line = new OrderLine(new ProductId(id.value()), "Tea", 1, PRICE);
    var placed =
        new OrderPlaced(
            id, "mika", List.of(line), PRICE, Personal.of("mika", address), "tok_ok", AT);
    return succeeds
        ? List.of(
            placed,
            new OrderConfirmed(id, AT),
            new OrderShipped(id, "T-1", AT),
            new OrderDelivered(id, AT),
            new OrderReturned(id, AT))
        : List.of(placed, new OrderConfirmed(id, AT), new OrderCancelled(id, "BY_CUSTOMER", AT));
  }

  private static List<?> fulfillment(OrderId order, boolean succeeds) {
    String id = order.toString();
    String pay = Steps.PROCESS_PAYMENT;
    List<FulfillmentCommand> capture = List.of(new CapturePayment(order));
    List<PlannedStep<FulfillmentCommand>> plan =
        List.of(new PlannedStep<>(pay, capture, List.of(new RefundPayment(order))));
    var started = new SagaStarted<>(id, "order-fulfillment", plan, AT, AT);
    var requested = new StepRequested<>(id, pay, 1, capture, AT, AT);
    return succeeds
        ? List.of(
            started, requested, new StepCompleted<>(id, pay, 1, AT), new SagaCompleted<>(id, AT))
        : List.of(
            started,
            requested,
            new StepFailed<>(id, pay, 1, "TRY_LATER", true, AT),
            new StepRequested<>(id, pay, 2, capture, AT, AT));
  }

  private static List<?> returned(OrderId order) {
    String id = order.toString();
    String accept = ReturnSteps.ACCEPT_RETURN;
    List<PlannedStep<ReturnCommand>> plan =
        List.of(new PlannedStep<>(accept, List.of(), List.of(new RefuseReturn(order))));
    return List.of(
        new SagaStarted<>(id, "order-return", plan, AT, AT),
        new StepCompleted<>(id, accept, 0, AT),
        new SagaCompleted<>(id, AT));
  }
}
