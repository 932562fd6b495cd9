package io.kiroku.bench.node;

import io.kiroku.eventstore.node.proto.shared.Shared.StreamIdentifier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A log that is read afterwards: many short streams, then one long one.
///
/// @param streams of [#STREAM_EVENTS] each
/// @param longStreamEvents in [#LONG_STREAM]
record Filling(int streams, int longStreamEvents) {
  static final String LONG_STREAM = "bench-long";
  static final int STREAM_EVENTS = 10;
  private static final int PIECE_EVENTS = 500;
  private static final int CLIENTS = 8;

  static Filling of(int events) {
    return new Filling(events / STREAM_EVENTS, events / 4);
  }

  int events() {
    return streams * STREAM_EVENTS + longStreamEvents;
  }

  void append(NodeProcess node) {
    try (NodeChannels channels = new NodeChannels(node, 2)) {
      var begun = new AtomicInteger();
      var _ = AppendLoad.run(channels, CLIENTS, _ -> shortStreams(begun));
      var _ = AppendLoad.run(channels, 1, _ -> longStream());
    }
  }

  static StreamIdentifier stream(int number) {
    return Proposal.stream("bench-" + number);
  }

  private Supplier<@Nullable Proposal> shortStreams(AtomicInteger begun) {
    return () -> {
      int number = begun.getAndIncrement();
      return number < streams ? new Proposal(stream(number), -1, STREAM_EVENTS) : null;
    };
  }

  private Supplier<@Nullable Proposal> longStream() {
    StreamIdentifier stream = Proposal.stream(LONG_STREAM);
    var next = new int[1];
    return () -> {
      int count = Math.min(PIECE_EVENTS, longStreamEvents - next[0]);
      if (count <= 0) {
        return null;
      }
      var proposal = new Proposal(stream, next[0] - 1L, count);
      next[0] += count;
      return proposal;
    };
  }
}
