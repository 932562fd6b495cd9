package io.kiroku.bench.readside;

import io.grpc.StatusRuntimeException;
import io.kiroku.bench.AdminCalls;
import io.kiroku.bench.Arrivals;
import io.kiroku.bench.Log;
import io.kiroku.bench.Samples;
import io.kiroku.bench.Table;
import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.proto.query.v1.GetStockRequest;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.shared.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// From the answer to an append to the answer of a query that has to show it, at fixed rates of
/// events. Not more than 100 of them in a second are asked about, evenly: it is the events that are
/// to be the load, not the questions.
final class VisibleEvents {
  private static final List<Integer> RATES = List.of(100, 500, 1_000);
  private static final int STREAMS = 500;
  private static final int ASKED_PER_SECOND = 100;

  private final AdminCalls queries;
  private final Log log;

  VisibleEvents(AdminCalls queries, Log log) {
    this.queries = queries;
    this.log = log;
  }

  /// One stream of stock; whoever appends holds it.
  private static final class Receipts {
    private final ProductId product = new ProductId(UUID.randomUUID());
    private final StreamId stream = StreamId.of("stock", product.toString());
    private long revision = -1;
  }

  Table run(Duration length) {
    var table =
        new Table(
            "Visibility: committed append to a query that shows it (ms)",
            "events/s",
            "asked about",
            "p50",
            "p95",
            "p99",
            "not within 2 s");
    // Libraries initialize themselves at the first call, and some not for many at once.
    var _ = append(new Receipts());
    for (int rate : RATES) {
      var _ = measure(rate, length.dividedBy(3), new AtomicInteger());
      var late = new AtomicInteger();
      Samples samples = measure(rate, length, late);
      table.row(
          rate,
          samples.count(),
          samples.millisAt(0.5),
          samples.millisAt(0.95),
          samples.millisAt(0.99),
          late.get());
    }
    return table;
  }

  private Samples measure(int rate, Duration length, AtomicInteger late) {
    var samples = new Samples();
    List<Receipts> streams = Stream.generate(Receipts::new).limit(STREAMS).toList();
    var next = new AtomicInteger();
    int askedEach = rate / ASKED_PER_SECOND;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Arrivals.run(
          rate,
          length,
          () -> {
            int number = next.getAndIncrement();
            Receipts receipts = streams.get(number % STREAMS);
            threads.execute(() -> {
              Appended appended = append(receipts);
              if (number % askedEach == 0) {
                ask(receipts, appended, samples, late);
              }
            });
          });
    }
    return samples;
  }

  /// @param nanos when it was answered
  private record Appended(long revision, long nanos) {}

  private Appended append(Receipts receipts) {
    synchronized (receipts) {
      var received = new StockReceived(receipts.product, 1, Instant.now());
      receipts.revision = log.append(receipts.stream, receipts.revision, List.of(received));
      return new Appended(receipts.revision, System.nanoTime());
    }
  }

  private void ask(Receipts receipts, Appended appended, Samples samples, AtomicInteger late) {
    String token = ConsistencyToken.of("default", receipts.stream, appended.revision).encode();
    var request = GetStockRequest.newBuilder().setProductId(receipts.product.toString()).build();
    try {
      var _ =
          AdminCalls.with(
                  queries.stub(QueryServiceGrpc::newBlockingStub), "consistency-token", token)
              .getStock(request);
      samples.add(System.nanoTime() - appended.nanos);
    } catch (StatusRuntimeException behind) {
      late.incrementAndGet();
    }
  }
}
