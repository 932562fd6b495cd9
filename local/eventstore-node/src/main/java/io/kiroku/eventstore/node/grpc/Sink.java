package io.kiroku.eventstore.node.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.kiroku.eventstore.node.log.Waker;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp;

/// Where a reading thread puts its answers: waits while the client does not take them, and tells
/// when it is gone or when this node ends.
final class Sink {
  /// Bytes that may wait in the transport. With gRPC's 32 KiB a reader spends its time being woken.
  private static final int UNSENT_BYTES_MAX = 128 << 10;

  private final ServerCallStreamObserver<ReadResp> out;
  private final Waker waker = new Waker();
  private volatile boolean closing;
  private boolean patient = true;

  Sink(ServerCallStreamObserver<ReadResp> out) {
    this.out = out;
    out.setOnReadyThreshold(UNSENT_BYTES_MAX);
    out.setOnReadyHandler(waker::wake);
    out.setOnCancelHandler(waker::wake);
  }

  /// From now on answers are queued instead of waiting for the client: for a caller on a network
  /// thread, which is the one that would have to send them.
  ///
  /// @param taken run once, when all answers are sent or nobody waits for them any more
  void neverWait(Runnable taken) {
    patient = false;
    out.setOnCloseHandler(taken);
    out.setOnCancelHandler(taken);
  }

  Waker waker() {
    return waker;
  }

  /// Ends the call soon, with UNAVAILABLE: clients do not notice that a subscription ended
  /// otherwise.
  void close() {
    closing = true;
    waker.wake();
  }

  boolean open() {
    if (closing) {
      throw Errors.unavailable("Server Is Shutting Down");
    }
    return !out.isCancelled();
  }

  /// Returns false if the client is gone.
  boolean send(ReadResp response) {
    while (patient && !out.isReady()) {
      if (!open()) {
        return false;
      }
      waker.await();
    }
    return sendNow(response);
  }

  /// Sends without regard to what the client takes: for answers that are few and small.
  boolean sendNow(ReadResp response) {
    if (out.isCancelled()) {
      return false;
    }
    out.onNext(response);
    return true;
  }

  void complete() {
    if (!out.isCancelled()) {
      out.onCompleted();
    }
  }

  void fail(StatusRuntimeException error) {
    if (!out.isCancelled()) {
      out.onError(error);
    }
  }
}
