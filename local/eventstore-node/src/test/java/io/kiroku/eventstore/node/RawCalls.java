package io.kiroku.eventstore.node;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Calls a node with any bytes for messages, as no client of good will does.
final class RawCalls implements AutoCloseable {
  static final String APPEND = "event_store.client.streams.Streams/Append";
  static final String READ = "event_store.client.streams.Streams/Read";
  static final String BATCH_APPEND = "event_store.client.streams.Streams/BatchAppend";
  static final String DELETE = "event_store.client.streams.Streams/Delete";
  static final String TOMBSTONE = "event_store.client.streams.Streams/Tombstone";
  static final String GROUP =
      "event_store.client.persistent_subscriptions.PersistentSubscriptions/";

  private static final long WAIT_SECONDS = 20;

  private final ManagedChannel channel;

  RawCalls(String host, int port) {
    channel =
        NettyChannelBuilder.forAddress(host, port)
            .usePlaintext()
            .flowControlWindow(65_535)
            .maxInboundMessageSize(64 << 20)
            .build();
  }

  /// How a call ended; [Status#OK] also if it was answered and then left.
  Status status(String method, MessageLite... messages) throws Exception {
    return status(
        method, Arrays.stream(messages).map(MessageLite::toByteArray).toArray(byte[][]::new));
  }

  Status status(String method, byte[]... messages) throws Exception {
    return ended(method, messages).status();
  }

  Ended ended(String method, byte[]... messages) throws Exception {
    CompletableFuture<Ended> ended = new CompletableFuture<>();
    ClientCall<byte[], byte[]> call = open(method, ended);
    call.request(Integer.MAX_VALUE);
    for (byte[] message : messages) {
      call.sendMessage(message);
    }
    call.halfClose();
    Ended found = ended.get(WAIT_SECONDS, TimeUnit.SECONDS);
    call.cancel(
        "heard enough", null); // not earlier: nothing can be said in a call that is cancelled
    return found;
  }

  /// Begins a call whose answers nobody reads. It may go on; see [ClientCall#halfClose].
  ClientCall<byte[], byte[]> unread(String method, MessageLite message) {
    ClientCall<byte[], byte[]> call = open(method, new CompletableFuture<>());
    call.sendMessage(message.toByteArray());
    return call;
  }

  record Ended(Status status, Metadata trailers) {}

  private ClientCall<byte[], byte[]> open(String method, CompletableFuture<Ended> ended) {
    ClientCall<byte[], byte[]> call = channel.newCall(descriptor(method), CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] answer) {
            ended.complete(new Ended(Status.OK, new Metadata()));
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.complete(new Ended(status, trailers));
          }
        },
        new Metadata());
    return call;
  }

  private static MethodDescriptor<byte[], byte[]> descriptor(String method) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodType.BIDI_STREAMING)
        .setFullMethodName(method)
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
