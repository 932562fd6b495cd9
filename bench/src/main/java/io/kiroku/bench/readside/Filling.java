package io.kiroku.bench.readside;

import io.kiroku.bench.Log;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.catalog.ProductEvent.ProductPriceChanged;
import io.kiroku.eventstore.StreamId;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderEvent.OrderDrafted;
import io.kiroku.ordering.OrderEvent.OrderItemAdded;
import io.kiroku.ordering.OrderEvent.OrderItemChanged;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// A log of drafts of orders, eight events each, and of products whose prices change. No saga has
/// anything to do with them.
///
/// @param orders ids of the drafts
/// @param events in all
record Filling(List<OrderId> orders, int events) {
  static final int USERS = 100;
  private static final int PER_ORDER = 8;
  private static final int PER_PRODUCT = 1_000;
  private static final int AT_ONCE = 16;
  private static final Duration MOST = Duration.ofMinutes(60);

  /// Four fifths of the events are of orders.
  static Filling of(Log log, int events) {
    ProductId item = new ProductId(UUID.randomUUID());
    List<OrderId> orders =
        IntStream.range(0, events / 10).mapToObj(_ -> new OrderId(UUID.randomUUID())).toList();
    int products = Math.ceilDiv(events, 5 * PER_PRODUCT);
    Multi<Uni<Long>> drafts =
        Multi.createFrom()
            .range(0, orders.size())
            .map(i -> draft(log, orders.get(i), user(i), item));
    Multi<Uni<Long>> priced =
        Multi.createFrom()
            .range(0, products)
            .map(_ -> product(log, new ProductId(UUID.randomUUID()), PER_PRODUCT));
    Multi.createBy()
        .concatenating()
        .streams(priced, drafts)
        .onItem()
        .transformToUni(append -> append)
        .merge(AT_ONCE)
        .collect()
        .last()
        .await()
        .atMost(MOST);
    return new Filling(orders, orders.size() * PER_ORDER + products * PER_PRODUCT);
  }

  static String user(int number) {
    return "bench-" + number % USERS;
  }

  private static Uni<Long> draft(Log log, OrderId order, String user, ProductId item) {
    Instant now = Instant.now();
    List<OrderEvent> events = new ArrayList<>();
    events.add(new OrderDrafted(order, user, now));
    events.add(new OrderItemAdded(order, item, 1, now));
    for (int quantity = 2; events.size() < PER_ORDER; quantity++) {
      events.add(new OrderItemChanged(order, item, quantity, now));
    }
    return log.appending(StreamId.of("order", order.toString()), -1, events);
  }

  /// A product with so many events.
  static Uni<Long> product(Log log, ProductId product, int count) {
    Instant now = Instant.now();
    List<ProductEvent> events = new ArrayList<>();
    events.add(
        new ProductCreated(
            product, "Bench", "", Money.yen(1), new CategoryId(UUID.randomUUID()), now));
    while (events.size() < count) {
      events.add(new ProductPriceChanged(product, Money.yen(1 + events.size()), now));
    }
    return log.appending(StreamId.of("product", product.toString()), -1, events);
  }
}
