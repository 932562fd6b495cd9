package io.kiroku.query.saga;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Doing a step, or undoing it.
///
/// @param parts answers that are needed
/// @param requestedAt when it was first asked for
/// @param dueAt when the attempt under way is given up
/// @param retryAt when the next attempt is made
@RegisterForReflection
record SagaStepRun(
    String status,
    int attempts,
    int parts,
    int partsDone,
    @Nullable Instant requestedAt,
    @Nullable Instant completedAt,
    @Nullable Instant dueAt,
    @Nullable Instant retryAt,
    List<Failure> failures) {
  static final String PENDING = "PENDING";
  static final String REQUESTED = "REQUESTED";
  static final String WAITING = "WAITING";
  static final String COMPLETED = "COMPLETED";
  static final String FAILED = "FAILED";
  static final String GIVEN_UP = "GIVEN_UP";

  /// An operator may try again for ever; a document has an end.
  private static final int FAILURES_MOST = 50;

  SagaStepRun {
    failures = List.copyOf(failures);
  }

  @RegisterForReflection
  record Failure(int attempt, String code, boolean retryable, Instant at) {}

  static SagaStepRun of(int parts) {
    return new SagaStepRun(PENDING, 0, parts, 0, null, null, null, null, List.of());
  }

  boolean done() {
    return status.equals(COMPLETED);
  }

  SagaStepRun requested(int attempt, Instant at, Instant deadline) {
    Instant first = requestedAt == null ? at : requestedAt;
    return new SagaStepRun(
        REQUESTED, attempt, parts, partsDone, first, null, deadline, null, failures);
  }

  SagaStepRun partCompleted() {
    return new SagaStepRun(
        status, attempts, parts, partsDone + 1, requestedAt, completedAt, dueAt, retryAt, failures);
  }

  SagaStepRun completed(Instant at) {
    return new SagaStepRun(
        COMPLETED, attempts, parts, parts, requestedAt, at, null, null, failures);
  }

  SagaStepRun failed(Failure failure) {
    List<Failure> all = new ArrayList<>(failures);
    all.add(failure);
    return ended(FAILED, all.subList(Math.max(0, all.size() - FAILURES_MOST), all.size()));
  }

  SagaStepRun retryingAt(Instant due) {
    return new SagaStepRun(
        WAITING, attempts, parts, partsDone, requestedAt, completedAt, null, due, failures);
  }

  /// Nothing is waited for any more.
  SagaStepRun stopped() {
    boolean underWay = status.equals(REQUESTED) || status.equals(WAITING);
    return underWay ? ended(GIVEN_UP, failures) : this;
  }

  private SagaStepRun ended(String how, List<Failure> all) {
    return new SagaStepRun(
        how, attempts, parts, partsDone, requestedAt, completedAt, null, null, all);
  }
}
