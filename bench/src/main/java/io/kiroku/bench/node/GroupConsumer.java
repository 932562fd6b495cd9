package io.kiroku.bench.node;

import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq.Ack;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq.Options.UUIDOption;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadResp;
import io.kiroku.eventstore.node.proto.persistent.PersistentSubscriptionsGrpc.PersistentSubscriptionsStub;
import io.kiroku.eventstore.node.proto.shared.Shared.Empty;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One consumer of a persistent subscription that acknowledges every event by itself, at once.
final class GroupConsumer implements StreamObserver<ReadResp> {
  private final AtomicLong acknowledged = new AtomicLong();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final long enough;
  private @Nullable StreamObserver<ReadReq> out;

  private GroupConsumer(long enough) {
    this.enough = enough;
  }

  /// @param slots events that may be unacknowledged at a time
  /// @param enough events after which it is done
  static GroupConsumer connect(
      PersistentSubscriptionsStub stub, String stream, String group, int slots, long enough) {
    var consumer = new GroupConsumer(enough);
    StreamObserver<ReadReq> out = stub.read(consumer);
    consumer.out = out;
    out.onNext(
        ReadReq.newBuilder()
            .setOptions(
                ReadReq.Options.newBuilder()
                    .setStreamIdentifier(Proposal.stream(stream))
                    .setGroupName(group)
                    .setBufferSize(slots)
                    .setUuidOption(
                        UUIDOption.newBuilder().setStructured(Empty.getDefaultInstance())))
            .build());
    return consumer;
  }

  CompletableFuture<Void> done() {
    return done;
  }

  long acknowledged() {
    return acknowledged.get();
  }

  @Override
  public void onNext(ReadResp answer) {
    if (answer.hasEvent() && out != null) {
      out.onNext(
          ReadReq.newBuilder()
              .setAck(Ack.newBuilder().addIds(answer.getEvent().getEvent().getId()))
              .build());
      if (acknowledged.incrementAndGet() == enough) {
        done.complete(null);
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    done.completeExceptionally(new IllegalStateException("the node ended the subscription"));
  }
}
