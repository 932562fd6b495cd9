package io.kiroku.bench.node;

import io.kiroku.bench.Jvm;
import io.kiroku.bench.ProcessCpu;
import io.kiroku.bench.Table;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/// What the node keeps on its heap: after every event and every stream has been read, and with many
/// subscriptions to which everything appended is delivered.
record MemoryUse(NodeProcess node, Filling filling, Duration length) {
  private static final int SUBSCRIPTIONS = 100;
  private static final int CLIENTS = 4;
  private static final int READS_AT_ONCE = 16;

  Table run() throws IOException, InterruptedException {
    var table = new Table("Memory", "after", "live heap MiB", "process MiB", "out of memory");
    row(table, "start");
    Reads reads = new Reads(node, filling);
    var _ = reads.forwards();
    row(table, "%,d events read".formatted(filling.events()));
    readStreams();
    row(table, "%,d streams read".formatted(filling.streams()));
    subscribed(table, ReadRequests.subscriptionToAll(), "catching up");
    subscribed(table, ReadRequests.subscriptionToAllFromEnd(), "live");
    return table;
  }

  private void subscribed(Table table, ReadReq request, String how)
      throws IOException, InterruptedException {
    try (NodeChannels channels = new NodeChannels(node, 2)) {
      List<Reader> readers =
          Stream.generate(() -> new Reader(Long.MAX_VALUE)).limit(SUBSCRIPTIONS).toList();
      for (int i = 0; i < SUBSCRIPTIONS; i++) {
        channels.streams(i).read(request, readers.get(i));
      }
      Rate appended = AppendLoad.oneByOne(channels, CLIENTS, length);
      row(
          table,
          "%,.0f appends/s to %d subscriptions, %s"
              .formatted(appended.perSecond(), SUBSCRIPTIONS, how));
      readers.forEach(MemoryUse::requireOpen);
      readers.forEach(Reader::cancel);
    }
  }

  private static void requireOpen(Reader reader) {
    if (reader.read().isDone()) {
      throw new IllegalStateException("a subscription ended: " + reader.read());
    }
  }

  private void readStreams() throws InterruptedException {
    var places = new Semaphore(READS_AT_ONCE);
    try (NodeChannels channels = new NodeChannels(node, 1)) {
      for (int stream = 0; stream < filling.streams(); stream++) {
        places.acquire();
        var reader = new Reader(Long.MAX_VALUE);
        channels
            .streams(0)
            .read(
                ReadRequests.stream(Filling.stream(stream).getStreamName().toStringUtf8()), reader);
        var _ = reader.read().whenComplete((_, _) -> places.release());
      }
      places.acquire(READS_AT_ONCE);
    }
  }

  private void row(Table table, String after) throws IOException, InterruptedException {
    table.row(
        after,
        new Jvm(node.pid()).liveHeapMiB(),
        ProcessCpu.memoryMiB(node.pid()),
        node.unharmed() ? "no" : "YES");
  }
}
