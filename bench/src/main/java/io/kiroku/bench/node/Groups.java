package io.kiroku.bench.node;

import io.grpc.stub.StreamObserver;
import io.kiroku.bench.Table;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateResp;
import io.kiroku.eventstore.node.proto.shared.Shared.Empty;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/// Persistent subscriptions from the start of a stream, with the settings that clients have by
/// default and an acknowledgement for every event.
record Groups(NodeProcess node, Filling filling, Duration length) {
  /// @param slots of each consumer; 10 is what clients ask for if they are not told
  private record Shape(int consumers, int slots) {}

  private static final List<Shape> SHAPES =
      List.of(new Shape(1, 10), new Shape(1, 100), new Shape(4, 100));

  Table run() throws InterruptedException, ExecutionException {
    var table =
        new Table(
            "Persistent subscription to a stream, each event acknowledged",
            "consumers/buffer",
            "events",
            "seconds",
            "events/s");
    for (Shape shape : SHAPES) {
      String group = "bench-%d-%d".formatted(shape.consumers, shape.slots);
      create(group);
      row(table, shape, group);
    }
    return table;
  }

  private void row(Table table, Shape shape, String group)
      throws InterruptedException, ExecutionException {
    try (NodeChannels channels = new NodeChannels(node, 1)) {
      long begin = System.nanoTime();
      long enough = filling.longStreamEvents() / shape.consumers;
      List<GroupConsumer> consumers =
          IntStream.range(0, shape.consumers)
              .mapToObj(i ->
                  GroupConsumer.connect(
                      channels.groups(i), Filling.LONG_STREAM, group, shape.slots, enough))
              .toList();
      try {
        CompletableFuture.anyOf(
                consumers.stream().map(GroupConsumer::done).toArray(CompletableFuture[]::new))
            .get(length.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        // What came until then counts.
      }
      long events = consumers.stream().mapToLong(GroupConsumer::acknowledged).sum();
      double seconds = (System.nanoTime() - begin) / 1e9;
      table.row(
          shape.consumers + "/" + shape.slots,
          "%,d".formatted(events),
          seconds,
          "%,.0f".formatted(events / seconds));
    }
  }

  private void create(String group) {
    CreateReq.Settings settings =
        CreateReq.Settings.newBuilder()
            .setMaxRetryCount(10)
            .setMinCheckpointCount(10)
            .setMaxCheckpointCount(1000)
            .setLiveBufferSize(500)
            .setReadBatchSize(20)
            .setHistoryBufferSize(500)
            .setMessageTimeoutMs(30_000)
            .setCheckpointAfterMs(2_000)
            .setConsumerStrategy("RoundRobin")
            .build();
    CreateReq.Options options =
        CreateReq.Options.newBuilder()
            .setStream(
                CreateReq.StreamOptions.newBuilder()
                    .setStreamIdentifier(Proposal.stream(Filling.LONG_STREAM))
                    .setStart(Empty.getDefaultInstance()))
            .setGroupName(group)
            .setSettings(settings)
            .build();
    var created = new CompletableFuture<CreateResp>();
    try (NodeChannels channels = new NodeChannels(node, 1)) {
      channels
          .groups(0)
          .create(CreateReq.newBuilder().setOptions(options).build(), new Answer<>(created));
      created.join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the group was not created", e);
    }
  }

  private record Answer<A>(CompletableFuture<A> to) implements StreamObserver<A> {
    @Override
    public void onNext(A answer) {
      to.complete(answer);
    }

    @Override
    public void onError(Throwable failure) {
      to.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      // The answer came before.
    }
  }
}
