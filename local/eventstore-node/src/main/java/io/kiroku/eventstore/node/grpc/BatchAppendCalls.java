package io.kiroku.eventstore.node.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendResp;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Starts batched appends and ends them with the node; clients leave them open for as long as they
/// live.
final class BatchAppendCalls {
  private final EventLog log;
  private final AppendLimits limits;
  private final Set<BatchAppendCall> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  BatchAppendCalls(EventLog log, AppendLimits limits) {
    this.log = log;
    this.limits = limits;
  }

  StreamObserver<BatchAppendReq> start(ServerCallStreamObserver<BatchAppendResp> out) {
    BatchAppendCall call = new BatchAppendCall(log, limits, out, open::remove);
    open.add(call);
    call.start();
    if (closing) {
      call.close();
    }
    return call;
  }

  void close() {
    closing = true;
    open.forEach(BatchAppendCall::close);
  }
}
