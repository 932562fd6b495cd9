package io.kiroku.bench.node;

import io.grpc.stub.StreamObserver;
import io.kiroku.bench.Samples;
import io.kiroku.eventstore.node.proto.streams.StreamsGrpc.StreamsStub;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendResp;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Clients that each append again when the last append has been answered.
final class AppendLoad {
  private AppendLoad() {}

  /// Single events, each client to a new stream of its own.
  static Rate oneByOne(NodeChannels channels, int clients, Duration length) {
    long until = System.nanoTime() + length.toNanos();
    return run(
        channels,
        clients,
        _ -> {
          var stream = Proposal.stream("bench-" + UUID.randomUUID());
          var revision = new long[] {-1};
          return () -> System.nanoTime() < until ? new Proposal(stream, revision[0]++, 1) : null;
        });
  }

  /// Fails with the first append that fails.
  ///
  /// @param proposals makes what the client with that number appends, until null
  static Rate run(
      NodeChannels channels, int clients, IntFunction<Supplier<@Nullable Proposal>> proposals) {
    var samples = new Samples();
    long begin = System.nanoTime();
    var all =
        IntStream.range(0, clients)
            .mapToObj(i -> new Client(channels.streams(i), proposals.apply(i), samples))
            .toList();
    all.forEach(Client::next);
    CompletableFuture.allOf(
            all.stream().map(client -> client.done).toArray(CompletableFuture[]::new))
        .join();
    return Rate.since(begin, samples);
  }

  private static final class Client implements StreamObserver<AppendResp> {
    private final StreamsStub stub;
    private final Supplier<@Nullable Proposal> proposals;
    private final Samples samples;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private @Nullable Proposal proposed;
    private long begin;

    Client(StreamsStub stub, Supplier<@Nullable Proposal> proposals, Samples samples) {
      this.stub = stub;
      this.proposals = proposals;
      this.samples = samples;
    }

    private void next() {
      Proposal next = proposals.get();
      proposed = next;
      if (next == null) {
        done.complete(null);
        return;
      }
      begin = System.nanoTime();
      StreamObserver<AppendReq> out = stub.append(this);
      out.onNext(next.options());
      for (int i = 0; i < next.events(); i++) {
        out.onNext(Proposal.event());
      }
      out.onCompleted();
    }

    @Override
    public void onNext(AppendResp answer) {
      if (proposed == null
          || !answer.hasSuccess()
          || answer.getSuccess().getCurrentRevision() != proposed.lastRevision()) {
        done.completeExceptionally(new IllegalStateException("the node answered " + answer));
      }
    }

    @Override
    public void onError(Throwable failure) {
      done.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      samples.add(System.nanoTime() - begin);
      if (!done.isDone()) {
        next();
      }
    }
  }
}
