package io.kiroku.eventstore.node.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.Filter;
import io.kiroku.eventstore.node.log.LogStorage.StorageUnavailable;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Starts reads and subscriptions, each on a virtual thread of its own, and ends them with the
/// node.
final class ReadCalls {
  private static final System.Logger LOG = System.getLogger(ReadCalls.class.getName());

  /// Answers of reads that did not wait for their clients to take them, a quarter of a megabyte
  /// each at most.
  private static final int UNTAKEN_MAX = 128;

  private final EventLog log;
  private final Semaphore untaken = new Semaphore(UNTAKEN_MAX);
  private final Set<Sink> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger subscriptions = new AtomicInteger();
  private volatile boolean closing;

  ReadCalls(EventLog log) {
    this.log = log;
  }

  void start(ReadReq request, ServerCallStreamObserver<ReadResp> out) {
    Sink sink = new Sink(out);
    Runnable read;
    try {
      read = ReadRequests.parse(request.getOptions(), log, sink);
    } catch (StatusRuntimeException e) {
      sink.fail(e);
      return;
    }
    if (read instanceof StreamRead hot && hot.small() && untaken.tryAcquire()) {
      sink.neverWait(untaken::release);
      run(read, sink); // answered from memory at once: a thread would cost more than the read
      return;
    }
    open.add(sink);
    if (closing) {
      sink.close();
    }
    int subscribed = read instanceof StreamSubscription || read instanceof AllSubscription ? 1 : 0;
    subscriptions.addAndGet(subscribed);
    Thread.startVirtualThread(() -> {
      try {
        run(read, sink);
      } finally {
        open.remove(sink);
        subscriptions.addAndGet(-subscribed);
      }
    });
  }

  /// How many subscriptions are open.
  int subscriptions() {
    return subscriptions.get();
  }

  private static void run(Runnable read, Sink sink) {
    try {
      read.run();
    } catch (StatusRuntimeException e) {
      sink.fail(e);
    } catch (Filter.TooCostly e) {
      sink.fail(Errors.invalid(String.valueOf(e.getMessage())));
    } catch (StorageUnavailable e) {
      sink.fail(Errors.unavailable("The storage is away"));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "A read failed", e);
      sink.fail(Errors.unknown(e.toString()));
    }
  }

  void close() {
    closing = true;
    open.forEach(Sink::close);
  }
}
