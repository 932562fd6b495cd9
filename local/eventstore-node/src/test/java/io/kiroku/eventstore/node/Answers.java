package io.kiroku.eventstore.node;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// Collects the answers of a call, as fast as they come or as many as are asked for.
final class Answers<Q, A> implements ClientResponseObserver<Q, A> {
  final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  final CompletableFuture<Status> end = new CompletableFuture<>();
  private final ConcurrentLinkedQueue<A> answers = new ConcurrentLinkedQueue<>();
  private final boolean onDemand;
  private @Nullable ClientCallStreamObserver<Q> call;

  private Answers(boolean onDemand) {
    this.onDemand = onDemand;
  }

  static <Q, A> Answers<Q, A> asTheyCome() {
    return new Answers<>(false);
  }

  /// None before [#request].
  static <Q, A> Answers<Q, A> onDemand() {
    return new Answers<>(true);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> started) {
    call = started;
    if (onDemand) {
      started.disableAutoRequestWithInitial(0);
    }
  }

  ClientCallStreamObserver<Q> call() {
    if (call == null) {
      throw new IllegalStateException("The call is not started");
    }
    return call;
  }

  void request(int count) {
    call().request(count);
  }

  List<A> all() {
    return List.copyOf(answers);
  }

  /// All answers, once there are at least so many.
  List<A> await(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(NodeTest.WAIT_SECONDS))
        .until(() -> answers.size() >= count);
    return all();
  }

  @Override
  public void onNext(A answer) {
    answers.add(answer);
  }

  @Override
  public void onError(Throwable error) {
    failure.complete(error);
    end.complete(Status.fromThrowable(error));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }
}
