package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A stream of answers, and what was heard of it.
final class Heard<Q, A> implements ClientResponseObserver<Q, A> {
  private static final int SOON_SECONDS = 20;

  private final BlockingQueue<A> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final boolean attentive;
  private @Nullable ClientCallStreamObserver<Q> call;

  private Heard(boolean attentive) {
    this.attentive = attentive;
  }

  static <Q, A> Heard<Q, A> of(Q request, BiConsumer<Q, Heard<Q, A>> method) {
    return begin(new Heard<>(true), request, method);
  }

  /// Takes nothing until it is asked to.
  static <Q, A> Heard<Q, A> byNobody(Q request, BiConsumer<Q, Heard<Q, A>> method) {
    return begin(new Heard<>(false), request, method);
  }

  private static <Q, A> Heard<Q, A> begin(
      Heard<Q, A> heard, Q request, BiConsumer<Q, Heard<Q, A>> method) {
    method.accept(request, heard);
    return heard;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> started) {
    call = started;
    if (!attentive) {
      started.disableAutoRequestWithInitial(0);
    }
  }

  @Override
  public void onNext(A answer) {
    answers.add(answer);
  }

  @Override
  public void onError(Throwable failure) {
    end.complete(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }

  A next() {
    try {
      A answer = answers.poll(SOON_SECONDS, TimeUnit.SECONDS);
      return Objects.requireNonNull(answer, () -> "Nothing came; ended: " + end);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whether it was, before it ended.
  boolean isAnswered() {
    await().atMost(SOON_SECONDS, TimeUnit.SECONDS).until(() -> !answers.isEmpty() || end.isDone());
    return !answers.isEmpty();
  }

  void hasNothing() {
    assertThat(answers).isEmpty();
  }

  int waiting() {
    return answers.size();
  }

  Status end() {
    return end.orTimeout(SOON_SECONDS, TimeUnit.SECONDS).join();
  }

  void listen() {
    call().request(Integer.MAX_VALUE);
  }

  void leave() {
    call().cancel("Has heard enough", null);
  }

  private ClientCallStreamObserver<Q> call() {
    return Objects.requireNonNull(call);
  }
}
