package io.kiroku.bench.writeside;

import io.kiroku.bench.Log;
import io.kiroku.bench.Service;
import io.kiroku.bench.Table;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// The publisher after an outage: a log that has grown without it, from the first event to the
/// commit of the last one's rows.
final class PublisherCatchUp {
  private static final int PER_STREAM = 1_000;
  private static final int AT_ONCE = 8;

  /// Of the slower measurement, which is there to compare.
  private static final int STREAMS_WITH_READERS_MOST = 100;

  private static final String PUBLISHER = "publisher";

  private final Log log;
  private final Service service;

  PublisherCatchUp(Log log, Service service) {
    this.log = log;
    this.service = service;
  }

  /// First nobody reads what it writes, then the connector does, as always: that with 100,000
  /// events at most.
  ///
  /// @param events rounded up to whole streams of a thousand
  Table run(int events) throws InterruptedException {
    var table = new Table("Publisher catching up", "beside it", "events", "seconds", "events/s");
    int streams = Math.ceilDiv(events, PER_STREAM);
    try (var _ = service.alone()) {
      measure("store, database", streams, table);
    }
    try (var _ = service.undisturbed()) {
      measure("connector, Kafka, too", Math.min(streams, STREAMS_WITH_READERS_MOST), table);
    }
    return table;
  }

  private void measure(String beside, int streams, Table table) throws InterruptedException {
    try (var _ = service.paused()) {
      fill(streams);
    }
    service.await(PUBLISHER, lag -> lag > 0);
    double behind = service.lag(PUBLISHER);
    long begin = System.nanoTime();
    service.await(PUBLISHER, lag -> lag < behind / 1000);
    double seconds = (System.nanoTime() - begin) / 1e9;
    double published = (double) streams * PER_STREAM;
    table.row(beside, "%,.0f".formatted(published), seconds, published / seconds);
  }

  private void fill(int streams) {
    Multi.createFrom()
        .iterable(IntStream.range(0, streams).boxed().toList())
        .onItem()
        .transformToUni(_ -> {
          ProductId product = new ProductId(UUID.randomUUID());
          StreamId stream = CommandRoundTrips.stream(product);
          List<StockReceived> received =
              Collections.nCopies(PER_STREAM, new StockReceived(product, 1, Instant.now()));
          return log.appending(stream, -1, received);
        })
        .merge(AT_ONCE)
        .collect()
        .last()
        .await()
        .atMost(Duration.ofMinutes(30));
  }
}
