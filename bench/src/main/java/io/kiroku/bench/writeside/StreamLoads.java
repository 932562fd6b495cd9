package io.kiroku.bench.writeside;

import io.kiroku.bench.Log;
import io.kiroku.bench.Samples;
import io.kiroku.bench.Table;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.HandlerLimits;
import io.kiroku.eventstore.OlderCommands;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.SnapshotPolicy;
import io.kiroku.eventstore.Snapshots;
import io.kiroku.eventstore.StateShape;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.Stock;
import io.kiroku.inventory.StockCommand;
import io.kiroku.inventory.StockDecider;
import io.kiroku.inventory.StockEvent;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.shared.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.UUID;

/// How long it takes to fold a stream that nobody has in memory. The snapshot of the long one is
/// half an interval old.
final class StreamLoads {
  private static final int EVERY = 250;
  private static final int SHORT = 100;
  private static final int LONG = 10_000;
  private static final int PIECE = 500;
  private static final int ROUNDS = 300;
  private static final StateShape<Stock> SHAPE = StateShape.of(Stock.class, 1);
  private static final Duration ANSWER_MOST = Duration.ofSeconds(60);

  private final Log log;

  StreamLoads(Log log) {
    this.log = log;
  }

  Table run() {
    StreamId shortOne = received(SHORT);
    StreamId longOne = received(LONG - EVERY / 2);
    snapshot(longOne);
    append(longOne, LONG - EVERY / 2 + 1, EVERY / 2 - 1);
    var table =
        new Table("Load of a stream that is not in memory", "stream", "loads", "p50 ms", "p99 ms");
    var samples = new Samples[] {new Samples(), new Samples(), new Samples()};
    for (int round = -ROUNDS / 3; round < ROUNDS; round++) {
      load(shortOne, EVERY, round, samples[0]);
      load(longOne, EVERY, round, samples[1]);
      if (round % 10 == 0) {
        load(longOne, 0, round, samples[2]);
      }
    }
    row(table, SHORT + " events", samples[0]);
    row(table, "%,d events, a snapshot every %d".formatted(LONG, EVERY), samples[1]);
    row(table, "%,d events, no snapshots".formatted(LONG), samples[2]);
    return table;
  }

  private static void row(Table table, String stream, Samples samples) {
    table.row(stream, samples.count(), samples.millisAt(0.5), samples.millisAt(0.99));
  }

  private StreamId received(int events) {
    StreamId stream = CommandRoundTrips.stream(new ProductId(UUID.randomUUID()));
    append(stream, 0, events);
    return stream;
  }

  private void append(StreamId stream, int events, int more) {
    var product = ProductId.of(stream.id());
    var received = new StockReceived(product, 1, Instant.now());
    for (int done = 0; done < more; done += PIECE) {
      int count = Math.min(PIECE, more - done);
      log.append(stream, events + done - 1L, Collections.nCopies(count, received));
    }
  }

  /// The first command on a stream that has none makes one; it is written behind the answer.
  private void snapshot(StreamId stream) {
    var command = new StockCommand.ReceiveStock(ProductId.of(stream.id()), 1, true, Instant.now());
    var _ = handler(EVERY).handle(stream, command, Log.command()).await().atMost(ANSWER_MOST);
    StreamId kept = new StreamId("snapshot_" + stream);
    while (log.store().read(kept, 0, 1).await().atMost(ANSWER_MOST).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private void load(StreamId stream, int every, int round, Samples samples) {
    CommandHandler<StockCommand, Stock, StockEvent> handler = handler(every);
    long begin = System.nanoTime();
    var _ = handler.load(stream).await().atMost(ANSWER_MOST);
    if (round >= 0) {
      samples.add(System.nanoTime() - begin);
    }
  }

  private CommandHandler<StockCommand, Stock, StockEvent> handler(int every) {
    return new CommandHandler<>(
        new StockDecider(),
        log.codec(),
        log.store(),
        new Snapshots<>(log.snapshots(), new SnapshotPolicy(every), SHAPE, PersonKeys.NONE),
        OlderCommands.scanning(log.store()),
        HandlerLimits.DEFAULT);
  }
}
