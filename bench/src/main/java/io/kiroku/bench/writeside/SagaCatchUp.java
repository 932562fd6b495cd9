package io.kiroku.bench.writeside;

import io.kiroku.bench.Log;
import io.kiroku.bench.Service;
import io.kiroku.bench.Table;
import io.kiroku.decider.Personal;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.StockEvent.StockCommitted;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.inventory.StockEvent.StockReserved;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderLine;
import io.kiroku.ordering.ShippingAddress;
import io.kiroku.payment.PaymentEvent.PaymentCaptureStarted;
import io.kiroku.payment.PaymentEvent.PaymentCaptured;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.kiroku.shipping.ShipmentEvent.ShipmentArranged;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// The saga runner with many sagas in flight at once: all orders are placed and all participants
/// have answered while it was paused, so that nothing but its own work is waited for.
final class SagaCatchUp {
  private static final String RUNNER = "saga-runner";
  private static final Money PRICE = new Money(2_000, Currency.getInstance("JPY"));
  private static final Duration DECIDED_MOST = Duration.ofMinutes(10);

  private final Log log;
  private final Service service;

  SagaCatchUp(Log log, Service service) {
    this.log = log;
    this.service = service;
  }

  /// @param product that exists and has no stock yet
  Table run(int sagas, ProductId product) throws InterruptedException {
    List<OrderId> orders =
        Stream.generate(() -> new OrderId(UUID.randomUUID())).limit(sagas).toList();
    try (var _ = service.paused()) {
      answered(orders, product);
    }
    service.await(RUNNER, lag -> lag > 0);
    long begin = System.nanoTime();
    long decisions = decided(orders);
    double seconds = (System.nanoTime() - begin) / 1e9;
    var table =
        new Table(
            "Saga runner, all sagas in flight at once",
            "sagas",
            "decisions",
            "seconds",
            "decisions/s");
    table.row(sagas, decisions, seconds, decisions / seconds);
    return table;
  }

  private void answered(List<OrderId> orders, ProductId product) {
    Instant now = Instant.now();
    StreamId stock = CommandRoundTrips.stream(product);
    orders.forEach(
        order -> log.append(stream("order", order), -1, List.of(placed(order, product))));
    log.append(stock, -1, List.of(new StockReceived(product, orders.size(), now)));
    log.append(
        stock,
        0,
        orders.stream()
            .map(order -> new StockReserved(product, order, 1, now.plusSeconds(900), now))
            .toList());
    orders.forEach(order ->
        log.append(
            stream("payment", order),
            -1,
            List.of(
                new PaymentCaptureStarted(order, PRICE, now),
                new PaymentCaptured(order, PRICE, "bench", now))));
    orders.forEach(order ->
        log.append(
            stream("shipment", order), -1, List.of(new ShipmentArranged(order, "bench", now))));
    log.append(
        stock,
        orders.size(),
        orders.stream().map(order -> new StockCommitted(product, order, 1, now)).toList());
    orders.forEach(
        order -> log.append(stream("order", order), 0, List.of(new OrderConfirmed(order, now))));
  }

  private static OrderPlaced placed(OrderId order, ProductId product) {
    var address = new ShippingAddress("Aoi Sato", "1-2 Gion", "", "Kyoto", "", "605-0001", "JP");
    return new OrderPlaced(
        order,
        "bench",
        List.of(new OrderLine(product, "Bench", 1, PRICE)),
        PRICE,
        Personal.of("bench", address),
        "tok_ok",
        Instant.now());
  }

  private static StreamId stream(String category, OrderId order) {
    return StreamId.of(category, order.toString());
  }

  /// Waits until the last of the sagas is where its answers lead it.
  ///
  /// @return the events in all their streams
  private long decided(List<OrderId> orders) throws InterruptedException {
    long until = System.nanoTime() + DECIDED_MOST.toNanos();
    long decisions = 0;
    for (OrderId order : orders) {
      List<String> types = history(order);
      while (!types.contains("saga-completed.v1")) {
        if (System.nanoTime() > until) {
          throw new IllegalStateException("not complete in " + DECIDED_MOST + ": " + types);
        }
        Thread.sleep(50);
        types = history(order);
      }
      decisions += types.size();
    }
    return decisions;
  }

  private List<String> history(OrderId order) {
    return log
        .store()
        .read(stream("fulfillment", order), 0, Long.MAX_VALUE)
        .await()
        .atMost(DECIDED_MOST)
        .stream()
        .map(event -> event.type())
        .toList();
  }
}
