package io.kiroku.bench.readside;

import io.kiroku.bench.Log;
import io.kiroku.bench.Table;
import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.StockEvent;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.projection.Change;
import io.kiroku.projection.Index;
import io.kiroku.projection.SingleStreamProjection;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.RunnerOptions;
import io.kiroku.shared.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The projection engine in this process, between a log and documents that cost nothing: what is
/// left is decoding, ordering, folding and batching.
final class EngineCeiling {
  private static final int PER_STREAM = 50;
  private static final int ROUNDS = 3;
  private static final Duration ANSWER_MOST = Duration.ofSeconds(10);

  private final EventCodec<StockEvent> codec;

  EngineCeiling(Log log) {
    this.codec = log.codec();
  }

  /// @param pieces received so far
  record Pieces(long pieces) {}

  private record Receipts(EventCodec<StockEvent> codec)
      implements SingleStreamProjection<Pieces, StockEvent> {
    @Override
    public String name() {
      return "bench";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<Index> indexes() {
      return List.of();
    }

    @Override
    public String field() {
      return "stock";
    }

    @Override
    public String category() {
      return "stock";
    }

    @Override
    public Class<Pieces> documentType() {
      return Pieces.class;
    }

    @Override
    public Change<Pieces> apply(@Nullable Pieces document, Recorded<StockEvent> recorded) {
      return recorded.event() instanceof StockReceived received
          ? Change.upsert(
              new Pieces((document == null ? 0 : document.pieces()) + received.quantity()))
          : Change.unchanged();
    }
  }

  Table run(int count) throws InterruptedException {
    var table =
        new Table("Projection engine, log and documents in memory", "round", "events", "events/s");
    var log = new MemoryLog(events(count));
    for (int round = 1; round <= ROUNDS; round++) {
      var store = new NullStore(count - 1L);
      var runner =
          new ProjectionRunner(
              new Receipts(codec), log.sources(), store, RunnerOptions.DEFAULTS, (_, _) -> {});
      long begin = System.nanoTime();
      try (runner) {
        runner.start();
        store.awaitEnd();
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      table.row(round, "%,d".formatted(count), count / seconds);
    }
    return table;
  }

  /// The events of many streams, in turns.
  private List<RecordedEvent> events(int count) {
    int streams = Math.ceilDiv(count, PER_STREAM);
    Instant before = Instant.now().minus(Duration.ofHours(1));
    UUID command = UUID.randomUUID();
    var metadata =
        new EventMetadata(command, command, command, "", "bench", "default", null, null, null);
    List<StreamId> names = new ArrayList<>();
    List<byte[]> data = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      ProductId product = new ProductId(UUID.randomUUID());
      names.add(StreamId.of("stock", product.toString()));
      var received = new StockReceived(product, 1, before);
      data.add(codec.encode("default", received).await().atMost(ANSWER_MOST));
    }
    List<RecordedEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int stream = i % streams;
      events.add(
          new RecordedEvent(
              new UUID(0, i),
              names.get(stream),
              i / streams,
              i,
              before,
              "stock-received.v1",
              data.get(stream),
              metadata));
    }
    return events;
  }
}
