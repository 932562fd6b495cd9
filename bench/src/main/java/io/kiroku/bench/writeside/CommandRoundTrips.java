package io.kiroku.bench.writeside;

import io.kiroku.bench.AdminCalls;
import io.kiroku.bench.ClosedLoop;
import io.kiroku.bench.Log;
import io.kiroku.bench.Service;
import io.kiroku.bench.Table;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.HandlerLimits;
import io.kiroku.eventstore.OlderCommands;
import io.kiroku.eventstore.Snapshots;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.Stock;
import io.kiroku.inventory.StockCommand;
import io.kiroku.inventory.StockDecider;
import io.kiroku.inventory.StockEvent;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.proto.inventory.v1.InventoryServiceGrpc;
import io.kiroku.proto.inventory.v1.ReceiveStockRequest;
import io.kiroku.shared.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// A command all the way: load, decide, append, answer; over gRPC and inside this process, where
/// only the event store works beside. Every stream begins with 20 events; each command goes to a
/// stream taken at random and appends one.
final class CommandRoundTrips {
  private static final int EVENTS = 20;

  /// So many that folding each time meets few events more.
  private static final int STREAMS = 1_000;

  private static final List<Integer> CLIENTS = List.of(1, 16, 64);
  private static final Duration ANSWER_MOST = Duration.ofSeconds(30);

  private final Log log;
  private final List<ProductId> products;
  private final Duration length;
  private final Service service;

  /// @param products that exist and have no stock yet
  /// @param service paused, with all readers of the log, while commands run in this process this
  ///   process, where only the event store works beside
  CommandRoundTrips(Log log, List<ProductId> products, Duration length, Service service) {
    this.log = log;
    this.products = products;
    this.length = length;
    this.service = service;
  }

  /// @return the figures of both, to be printed
  Table run(String address, String token) {
    var table =
        new Table(
            "Command round trips, streams of 20 events and more",
            "way",
            "clients",
            "commands/s",
            "p50 ms",
            "p99 ms");
    products.forEach(this::twentyEvents);
    try (var commands = new AdminCalls(address, token)) {
      measure(table, "gRPC", _ -> overGrpc(commands));
    }
    try (var _ = service.allPaused()) {
      measure(table, "in process, folded each time", _ -> inProcess(nothingCached()));
      measure(table, "in process, states in memory", _ -> inProcess(HandlerLimits.DEFAULT));
    }
    return table;
  }

  private void twentyEvents(ProductId product) {
    var received = new StockReceived(product, 1, Instant.now());
    log.append(stream(product), -1, Collections.nCopies(EVENTS, received));
  }

  private void measure(Table table, String way, IntFunction<Runnable> ofRound) {
    for (int clients : CLIENTS) {
      Runnable call = ofRound.apply(clients);
      ClosedLoop.run(clients, length.dividedBy(3), _ -> call);
      var result = ClosedLoop.run(clients, length, _ -> call);
      table.row(
          way,
          clients,
          result.perSecond(),
          result.samples().millisAt(0.5),
          result.samples().millisAt(0.99));
    }
  }

  private Runnable inProcess(HandlerLimits limits) {
    CommandHandler<StockCommand, Stock, StockEvent> handler = handler(limits);
    List<ProductId> streams =
        Stream.generate(() -> new ProductId(UUID.randomUUID())).limit(STREAMS).toList();
    streams.forEach(this::twentyEvents);
    return () -> {
      ProductId product = any(streams);
      var command = new StockCommand.ReceiveStock(product, 1, true, Instant.now());
      CommandOutcome<Stock, StockEvent> outcome =
          handler.handle(stream(product), command, Log.command()).await().atMost(ANSWER_MOST);
      if (!(outcome instanceof CommandOutcome.Accepted<Stock, StockEvent>)) {
        throw new IllegalStateException("refused: " + outcome);
      }
    };
  }

  private CommandHandler<StockCommand, Stock, StockEvent> handler(HandlerLimits limits) {
    return new CommandHandler<>(
        new StockDecider(),
        log.codec(),
        log.store(),
        Snapshots.none(Stock.class),
        OlderCommands.scanning(log.store()),
        limits);
  }

  private static HandlerLimits nothingCached() {
    var limits = HandlerLimits.DEFAULT;
    return new HandlerLimits(
        limits.conflictRetriesMax(),
        0,
        limits.cachedMax(),
        limits.commandsRememberedMin(),
        limits.queuedPerStreamMax(),
        limits.queuedMax());
  }

  private Runnable overGrpc(AdminCalls commands) {
    var stub = commands.stub(InventoryServiceGrpc::newBlockingStub);
    return () -> {
      var _ =
          AdminCalls.with(stub, "idempotency-key", UUID.randomUUID().toString())
              .receiveStock(
                  ReceiveStockRequest.newBuilder()
                      .setProductId(any(products).toString())
                      .setQuantity(1)
                      .build());
    };
  }

  private static ProductId any(List<ProductId> products) {
    return products.get(ThreadLocalRandom.current().nextInt(products.size()));
  }

  static StreamId stream(ProductId product) {
    return StreamId.of("stock", product.toString());
  }
}
