package io.kiroku.bench.node;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.kiroku.eventstore.node.proto.persistent.PersistentSubscriptionsGrpc;
import io.kiroku.eventstore.node.proto.persistent.PersistentSubscriptionsGrpc.PersistentSubscriptionsStub;
import io.kiroku.eventstore.node.proto.streams.StreamsGrpc;
import io.kiroku.eventstore.node.proto.streams.StreamsGrpc.StreamsStub;
import java.util.List;
import java.util.stream.Stream;

/// Connections to one node. Answers are handled on the network threads that receive them, which
/// must not be kept.
final class NodeChannels implements AutoCloseable {
  private static final int INBOUND_BYTES_MAX = 17 << 20;
  private static final int WINDOW_BYTES = 1 << 20;

  private final List<ManagedChannel> channels;

  NodeChannels(NodeProcess node, int count) {
    channels = Stream.generate(() -> connect(node.port())).limit(count).toList();
  }

  private static ManagedChannel connect(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port)
        .usePlaintext()
        .directExecutor()
        .maxInboundMessageSize(INBOUND_BYTES_MAX)
        .flowControlWindow(WINDOW_BYTES)
        .build();
  }

  /// Of the connection that is the turn of client number `client`.
  StreamsStub streams(int client) {
    return StreamsGrpc.newStub(channels.get(client % channels.size()));
  }

  PersistentSubscriptionsStub groups(int client) {
    return PersistentSubscriptionsGrpc.newStub(channels.get(client % channels.size()));
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
