package io.kiroku.gateway.reach;

import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.MutinyHealthGrpc.MutinyHealthStub;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/// Whether one service answers: any answer counts, also one that says that it is not well, because
/// then it will tell so itself.
final class ServiceReach {
  private static final Logger LOG = Logger.getLogger(ServiceReach.class);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

  /// Shorter silences are restarts and hiccups.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(15);

  private final String name;
  private final MutinyHealthStub health;
  private volatile Instant lastAnswer = Instant.MIN;

  ServiceReach(String name, MutinyHealthStub health) {
    this.name = name;
    this.health = health;
  }

  String name() {
    return name;
  }

  /// Has it ever answered since we started?
  boolean wasReached() {
    return !lastAnswer.equals(Instant.MIN);
  }

  /// Has it answered lately?
  boolean isReached() {
    return wasReached() && lastAnswer.plus(SILENCE_MAX).isAfter(Instant.now());
  }

  void ask() {
    health
        .check(HealthCheckRequest.getDefaultInstance())
        .ifNoItem()
        .after(ANSWER_MAX)
        .fail()
        .subscribe()
        .with(_ -> lastAnswer = Instant.now(), this::failed);
  }

  private void failed(Throwable failure) {
    if (failure instanceof StatusRuntimeException answer && isAnswer(answer.getStatus())) {
      lastAnswer = Instant.now();
    } else {
      LOG.debugf("%s does not answer: %s", name, failure);
    }
  }

  private static boolean isAnswer(Status status) {
    return switch (status.getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, UNKNOWN, INTERNAL -> false;
      case OK,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          DATA_LOSS,
          UNAUTHENTICATED ->
          true;
    };
  }
}
