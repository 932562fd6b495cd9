package io.kiroku.eventstore.node.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendResp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One `Streams.BatchAppend`: many appends, told apart by correlation ids, each in one or more
/// chunks. They are written in the order in which their last chunks come, and every id is answered
/// exactly once: the Node.js client fails at a second answer.
///
/// It takes no more from the client while the client takes no answers, or while the appends that
/// are open occupy much memory; these are answered in time, written or not.
final class BatchAppendCall implements StreamObserver<BatchAppendReq> {
  private static final long HELD_BYTES_MAX = 16 << 20;

  private final EventLog log;
  private final AppendLimits limits;
  private final ServerCallStreamObserver<BatchAppendResp> out;
  private final Consumer<BatchAppendCall> onEnd;
  private final Map<UUID, BatchedAppend> open = new HashMap<>();
  private long heldBytes;
  private boolean asked;
  private @Nullable Runnable ending;
  private boolean ended;

  BatchAppendCall(
      EventLog log,
      AppendLimits limits,
      ServerCallStreamObserver<BatchAppendResp> out,
      Consumer<BatchAppendCall> onEnd) {
    this.log = log;
    this.limits = limits;
    this.out = out;
    this.onEnd = onEnd;
  }

  /// To be called while the call is being started.
  void start() {
    out.disableAutoRequest();
    out.setOnReadyHandler(this::askForMore);
    out.setOnCancelHandler(this::cancelled);
    asked = true;
    out.request(1);
  }

  @Override
  public synchronized void onNext(BatchAppendReq chunk) {
    asked = false;
    if (!ended && ending == null) {
      try {
        accept(Wire.uuid(chunk.getCorrelationId()), chunk);
      } catch (StatusRuntimeException e) {
        out.onNext(
            BatchAnswers.refused(e)
                .setCorrelationId(chunk.getCorrelationId())
                .setStreamIdentifier(chunk.getOptions().getStreamIdentifier())
                .build());
      }
    }
    askForMore();
  }

  private void accept(UUID id, BatchAppendReq chunk) {
    BatchedAppend append = open.get(id);
    if (append == null) {
      if (!chunk.hasOptions()) {
        return; // of one that was answered before it was complete
      }
      append = begin(id, chunk);
    }
    append.take(chunk, log);
    if (append.equals(open.get(id))) { // it may be answered by now
      heldBytes += append.grownBytes();
    }
  }

  private BatchedAppend begin(UUID id, BatchAppendReq first) {
    BatchedAppend append = new BatchedAppend(first, limits);
    open.put(id, append);
    append.onAnswer(response -> answered(id, append, response));
    append.begin();
    return append;
  }

  private synchronized void answered(UUID id, BatchedAppend append, BatchAppendResp response) {
    if (!ended && open.remove(id, append)) {
      heldBytes -= append.countedBytes();
      out.onNext(response);
      endIfAnswered();
      askForMore();
    }
  }

  private synchronized void askForMore() {
    if (!asked && !ended && out.isReady() && roomForMore()) {
      asked = true;
      out.request(1);
    }
  }

  /// One append alone may be as big as it is allowed to be.
  private boolean roomForMore() {
    return open.size() < 2 || heldBytes < HELD_BYTES_MAX;
  }

  @Override
  public synchronized void onCompleted() {
    end(
        out::onCompleted,
        BatchAnswers.badRequest("The call ended before this append was complete"));
  }

  /// Ends the call with UNAVAILABLE, once what was submitted is answered.
  synchronized void close() {
    String reason = "Server Is Shutting Down";
    end(() -> out.onError(Errors.unavailable(reason)), BatchAnswers.unavailable(reason));
  }

  private void end(Runnable how, BatchAppendResp.Builder incomplete) {
    if (ending == null) {
      ending = how;
      List.copyOf(open.values()).stream()
          .filter(append -> !append.settled())
          .forEach(append -> append.answer(incomplete.clone()));
      endIfAnswered();
    }
  }

  private void endIfAnswered() {
    if (ending != null && open.isEmpty() && !ended) {
      ended = true;
      ending.run();
      onEnd.accept(this);
    }
  }

  @Override
  public void onError(Throwable error) {
    cancelled();
  }

  private synchronized void cancelled() {
    ended = true;
    open.clear();
    onEnd.accept(this);
  }
}
