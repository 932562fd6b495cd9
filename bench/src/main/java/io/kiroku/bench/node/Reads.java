package io.kiroku.bench.node;

import io.kiroku.bench.Table;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq;

/// Reads from the beginning to the end, by one client.
record Reads(NodeProcess node, Filling filling) {
  /// The shorter first: a node that has only been written to compiles its reading meanwhile.
  Table forwards() {
    var table = new Table("Read forwards", "of", "events", "seconds", "events/s");
    row(
        table,
        "a stream",
        ReadRequests.stream(Filling.LONG_STREAM),
        Long.MAX_VALUE,
        filling.longStreamEvents());
    row(table, "$all", ReadRequests.all(), Long.MAX_VALUE, filling.events());
    return table;
  }

  Table subscriptions() {
    var table =
        new Table("Catch-up subscription from the start", "to", "events", "seconds", "events/s");
    row(table, "$all", ReadRequests.subscriptionToAll(), filling.events(), filling.events());
    row(
        table,
        "a stream",
        ReadRequests.subscriptionTo(Filling.LONG_STREAM),
        filling.longStreamEvents(),
        filling.longStreamEvents());
    return table;
  }

  private void row(Table table, String name, ReadReq request, long enough, long atLeast) {
    var reader = new Reader(enough);
    long begin = System.nanoTime();
    long events;
    try (NodeChannels channels = new NodeChannels(node, 1)) {
      channels.streams(0).read(request, reader);
      events = reader.read().join();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (events < atLeast) {
      throw new IllegalStateException(name + " has only " + events + " events");
    }
    table.row(name, "%,d".formatted(events), seconds, "%,.0f".formatted(events / seconds));
  }
}
