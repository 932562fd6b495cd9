package io.kiroku.eventstore.node;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.kiroku.eventstore.node.proto.shared.Shared;
import io.kiroku.eventstore.node.proto.shared.Shared.StreamIdentifier;
import io.kiroku.eventstore.node.proto.streams.StreamsGrpc;
import io.kiroku.eventstore.node.proto.streams.StreamsGrpc.StreamsBlockingStub;
import io.kiroku.eventstore.node.proto.streams.StreamsGrpc.StreamsStub;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// The `Streams` service of a node without a client between, for what clients do not show.
final class RawStreams implements AutoCloseable {
  static final Shared.Empty EMPTY = Shared.Empty.getDefaultInstance();
  private static final int WINDOW_BYTES = 64 << 10;

  private final ManagedChannel channel;

  RawStreams(EventStoreNode node) {
    channel =
        NettyChannelBuilder.forAddress(node.host(), node.port())
            .usePlaintext()
            .flowControlWindow(WINDOW_BYTES) // little lies between a slow reader and the node
            .build();
  }

  StreamsStub calls() {
    return StreamsGrpc.newStub(channel);
  }

  StreamsBlockingStub blocking() {
    return StreamsGrpc.newBlockingStub(channel)
        .withDeadlineAfter(NodeTest.WAIT_SECONDS, TimeUnit.SECONDS);
  }

  static StreamIdentifier stream(String name) {
    return StreamIdentifier.newBuilder().setStreamName(ByteString.copyFromUtf8(name)).build();
  }

  static Shared.UUID uuid(UUID id) {
    return Shared.UUID.newBuilder().setString(id.toString()).build();
  }

  /// A read of a stream from its start, to be changed.
  static Options.Builder readStream(String name) {
    return read()
        .setStream(
            Options.StreamOptions.newBuilder().setStreamIdentifier(stream(name)).setStart(EMPTY));
  }

  /// A read of `$all` from its start, to be changed.
  static Options.Builder readAll() {
    return read().setAll(Options.AllOptions.newBuilder().setStart(EMPTY));
  }

  static ReadReq request(Options.Builder options) {
    return ReadReq.newBuilder().setOptions(options).build();
  }

  private static Options.Builder read() {
    return Options.newBuilder()
        .setCount(Long.MAX_VALUE)
        .setNoFilter(EMPTY)
        .setUuidOption(Options.UUIDOption.newBuilder().setString(EMPTY))
        .setControlOption(Options.ControlOption.newBuilder().setCompatibility(1));
  }

  @Override
  public void close() throws InterruptedException {
    channel.shutdownNow().awaitTermination(NodeTest.WAIT_SECONDS, TimeUnit.SECONDS);
  }
}
