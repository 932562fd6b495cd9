package io.kiroku.bench.node;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Counts the events of one read or subscription, and that they come in order. Asks for more as the
/// official Java client does.
final class Reader implements ClientResponseObserver<ReadReq, ReadResp> {
  private static final int REQUESTED = 512;
  private static final int REQUESTED_AGAIN = REQUESTED / 4;

  private final long enough;
  private final CompletableFuture<Long> read = new CompletableFuture<>();
  private @Nullable ClientCallStreamObserver<ReadReq> call;
  private int sinceRequest;
  private long events;
  private long position = -1;

  /// @param enough events after which it is done; a read may end before
  Reader(long enough) {
    this.enough = enough;
  }

  /// How many events came. Fails if the call did, or if they came out of order.
  CompletableFuture<Long> read() {
    return read;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ReadReq> stream) {
    call = stream;
    stream.disableAutoRequestWithInitial(REQUESTED);
  }

  @Override
  public void onNext(ReadResp answer) {
    if (answer.hasEvent()) {
      count(answer.getEvent().getCommitPosition());
    }
    if (++sinceRequest == REQUESTED_AGAIN && call != null) {
      sinceRequest = 0;
      call.request(REQUESTED_AGAIN);
    }
  }

  private void count(long at) {
    if (at <= position) {
      read.completeExceptionally(
          new IllegalStateException("position " + at + " came after " + position));
    }
    position = at;
    if (++events == enough) {
      read.complete(events);
      cancel();
    }
  }

  void cancel() {
    if (call != null) {
      call.cancel("read enough", null);
    }
  }

  @Override
  public void onError(Throwable failure) {
    read.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    read.complete(events);
  }
}
