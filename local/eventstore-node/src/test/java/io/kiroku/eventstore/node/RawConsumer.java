package io.kiroku.eventstore.node;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq.Nack.Action;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadResp;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadResp.ReadEvent;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadResp.ReadEvent.RecordedEvent;
import io.kiroku.eventstore.node.proto.shared.Shared.UUID;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A consumer of a persistent subscription with no client in between. It answers nothing by itself.
final class RawConsumer implements ClientResponseObserver<ReadReq, ReadResp> {
  final List<ReadResp> answers = new CopyOnWriteArrayList<>();
  final CompletableFuture<Throwable> ended = new CompletableFuture<>();
  private final boolean patient;
  private @Nullable ClientCallStreamObserver<ReadReq> requests;

  /// @param patient whether it takes messages only when it is told to
  RawConsumer(boolean patient) {
    this.patient = patient;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ReadReq> call) {
    requests = call;
    if (patient) {
      call.disableAutoRequestWithInitial(1);
    }
  }

  @Override
  public void onNext(ReadResp answer) {
    answers.add(answer);
  }

  @Override
  public void onError(Throwable error) {
    ended.complete(error);
  }

  @Override
  public void onCompleted() {
    ended.completeExceptionally(new AssertionError("completed"));
  }

  List<ReadEvent> events() {
    return answers.stream().filter(ReadResp::hasEvent).map(ReadResp::getEvent).toList();
  }

  /// Revisions in their streams.
  List<Long> revisions() {
    return events().stream().map(event -> event.getEvent().getStreamRevision()).toList();
  }

  List<String> streams() {
    return events().stream()
        .map(event -> event.getEvent().getStreamIdentifier().getStreamName().toStringUtf8())
        .toList();
  }

  /// What a message is acknowledged with.
  static UUID id(ReadEvent event) {
    RecordedEvent original = event.hasLink() ? event.getLink() : event.getEvent();
    return original.getId();
  }

  void send(ReadReq request) {
    Objects.requireNonNull(requests).onNext(request);
  }

  void ack(List<ReadEvent> events) {
    send(
        ReadReq.newBuilder()
            .setAck(
                ReadReq.Ack.newBuilder().addAllIds(events.stream().map(RawConsumer::id).toList()))
            .build());
  }

  void ack(int number) {
    ack(List.of(events().get(number)));
  }

  void nack(Action action, int number) {
    send(
        ReadReq.newBuilder()
            .setNack(
                ReadReq.Nack.newBuilder()
                    .addIds(id(events().get(number)))
                    .setAction(action)
                    .setReason("because"))
            .build());
  }

  void take(int count) {
    Objects.requireNonNull(requests).request(count);
  }

  void cancel() {
    Objects.requireNonNull(requests).cancel("enough", null);
  }
}
