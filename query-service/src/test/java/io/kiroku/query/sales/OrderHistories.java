package io.kiroku.query.sales;

import io.kiroku.decider.Personal;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderDelivered;
import io.kiroku.ordering.OrderEvent.OrderDrafted;
import io.kiroku.ordering.OrderEvent.OrderFailed;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderEvent.OrderReturnRefused;
import io.kiroku.ordering.OrderEvent.OrderReturnRequested;
import io.kiroku.ordering.OrderEvent.OrderReturned;
import io.kiroku.ordering.OrderEvent.OrderShipped;
import io.kiroku.ordering.OrderLine;
import io.kiroku.ordering.ShippingAddress;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;

/// Orders at random.
final class OrderHistories {
  static final LocalDate FIRST = LocalDate.parse("2026-11-10");
  private static final int ORDERS = 120;
  private static final int PRODUCTS = 6;
  private static final int DAYS = 10;

  /// Sums of such prices are no ints.
  private static final int YEN_MAX = 900_000_000;

  private final Random random;
  private final List<OrderEvent> events = new ArrayList<>();
  private final Map<String, String> categories = new LinkedHashMap<>();

  OrderHistories(Random random) {
    this.random = random;
    // The last product is known to nobody.
    for (int i = 0; i < PRODUCTS - 1; i++) {
      categories.put(product(i).toString(), "category-" + i / 2);
    }
    List<Queue<OrderEvent>> orders = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      orders.add(order(new OrderId(new UUID(random.nextLong(), random.nextLong()))));
    }
    while (!orders.isEmpty()) {
      int next = random.nextInt(orders.size());
      events.add(orders.get(next).remove());
      if (orders.get(next).isEmpty()) {
        orders.remove(next);
      }
    }
  }

  /// In the order of the log.
  List<OrderEvent> events() {
    return events;
  }

  /// By the id of the product.
  Map<String, String> categories() {
    return categories;
  }

  private static ProductId product(int number) {
    return new ProductId(new UUID(7, number));
  }

  private Instant someday() {
    return FIRST
        .plusDays(random.nextInt(DAYS))
        .atStartOfDay()
        .plusSeconds(random.nextInt(86_400))
        .toInstant(ZoneOffset.UTC);
  }

  private Queue<OrderEvent> order(OrderId id) {
    Queue<OrderEvent> story = new ArrayDeque<>();
    if (random.nextInt(4) == 0) {
      story.add(new OrderDrafted(id, "mika", someday()));
    }
    story.add(placed(id));
    switch (random.nextInt(8)) {
      case 0 -> {}
      case 1 -> story.add(new OrderCancelled(id, "DECLINED", someday()));
      case 2 -> confirmed(id, story, new OrderCancelled(id, "BY_CUSTOMER", someday()));
      case 3 -> confirmed(id, story, new OrderFailed(id, "DAMAGED", someday()));
      case 4 -> delivered(id, story, new OrderReturned(id, someday()));
      case 5 -> delivered(id, story, new OrderReturnRefused(id, "WORN", someday()));
      default -> story.add(new OrderConfirmed(id, someday()));
    }
    return story;
  }

  private void confirmed(OrderId id, Queue<OrderEvent> story, OrderEvent end) {
    story.add(new OrderConfirmed(id, someday()));
    story.add(end);
  }

  private void delivered(OrderId id, Queue<OrderEvent> story, OrderEvent end) {
    story.add(new OrderConfirmed(id, someday()));
    story.add(new OrderShipped(id, "T-1", someday()));
    story.add(new OrderDelivered(id, someday()));
    story.add(new OrderReturnRequested(id, "BROKEN", List.of(), someday()));
    story.add(end);
  }

  private OrderPlaced placed(OrderId id) {
    List<OrderLine> lines = new ArrayList<>();
    Money total = Money.yen(0);
    for (int i = random.nextInt(3); i >= 0; i--) {
      Money price = Money.yen(1 + random.nextInt(YEN_MAX));
      var line =
          new OrderLine(product(random.nextInt(PRODUCTS)), "Tea", 1 + random.nextInt(9), price);
      lines.add(line);
      total = total.plus(price.times(line.quantity()));
    }
    var address = new ShippingAddress("Mika", "1", "", "Kyoto", "", "605-0001", "JP");
    return new OrderPlaced(
        id, "mika", lines, total, Personal.of("mika", address), "tok_ok", someday());
  }
}
