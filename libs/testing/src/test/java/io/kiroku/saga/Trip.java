package io.kiroku.saga;

import static io.kiroku.saga.SagaTrigger.Phase.COMPENSATION;
import static io.kiroku.saga.SagaTrigger.Phase.FORWARD;

import io.kiroku.saga.Effect.Send;
import io.kiroku.saga.SagaTrigger.Abort;
import io.kiroku.saga.SagaTrigger.Failed;
import io.kiroku.saga.SagaTrigger.Intervention;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.SagaTrigger.Start;
import io.kiroku.saga.SagaTrigger.Succeeded;
import io.kiroku.saga.SagaTrigger.TimerFired;
import io.kiroku.testing.SagaSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// A journey as a saga: book it (nothing to send), two seats, a hotel, and tickets as the pivot.
final class Trip {
  static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  static final String ID = "trip-1";
  static final String FULL = "FULL";
  static final String BUSY = "BUSY";
  static final String OPERATOR = "operator-1";

  /// Sent by name; its part is the text after the colon.
  record Cmd(String name) implements StepCommand {
    @Override
    public String part() {
      return name.substring(name.indexOf(':') + 1);
    }
  }

  static final PlannedStep<Cmd> BOOK =
      new PlannedStep<>("book", List.of(), List.of(new Cmd("unbook:trip")));
  static final PlannedStep<Cmd> SEATS =
      new PlannedStep<>(
          "seats",
          List.of(new Cmd("seat:a"), new Cmd("seat:b")),
          List.of(new Cmd("free:a"), new Cmd("free:b")));
  static final PlannedStep<Cmd> HOTEL =
      new PlannedStep<>("hotel", List.of(new Cmd("room:r")), List.of(new Cmd("no-room:r")));
  static final PlannedStep<Cmd> TICKETS =
      new PlannedStep<>("tickets", List.of(new Cmd("print:t")), List.of());
  static final List<PlannedStep<Cmd>> PLAN = List.of(BOOK, SEATS, HOTEL, TICKETS);

  static final StepSaga<Cmd> SAGA =
      new StepSaga<>(
          "trip",
          List.of(policy("seats", 3, false), policy("hotel", 2, false), policy("tickets", 2, true)),
          Duration.ofSeconds(600),
          new CompensationPolicy(Duration.ofSeconds(60), 2, constant(5)));

  private Trip() {}

  static SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> spec() {
    return SagaSpec.of(SAGA);
  }

  /// A trip whose triggers so far were these, after its start.
  @SafeVarargs
  static SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> started(
      SagaTrigger<Cmd>... triggers) {
    return spec().given(start()).given(triggers);
  }

  static Start<Cmd> start() {
    return new Start<>(ID, PLAN, T);
  }

  static Succeeded<Cmd> ok(String step, String part) {
    return new Succeeded<>(step, FORWARD, part, T);
  }

  static Succeeded<Cmd> undone(String step, String part) {
    return new Succeeded<>(step, COMPENSATION, part, T);
  }

  static Failed<Cmd> failed(String step, String part, String code) {
    return new Failed<>(step, FORWARD, part, code, T);
  }

  static Failed<Cmd> notUndone(String step, String part, String code) {
    return new Failed<>(step, COMPENSATION, part, code, T);
  }

  static TimerFired<Cmd> timer(String kind, String step, Phase phase, int attempt) {
    return new TimerFired<>(kind + ":" + step + ":" + phase + ":" + attempt, T);
  }

  static TimerFired<Cmd> timeout(String step, int attempt) {
    return timer("step", step, FORWARD, attempt);
  }

  static TimerFired<Cmd> retry(String step, int attempt) {
    return timer("retry", step, FORWARD, attempt);
  }

  static TimerFired<Cmd> deadline() {
    return new TimerFired<>("saga:deadline", T);
  }

  /// What any cancellation of the booking sounds like, the saga's own included.
  static Abort<Cmd> cancelled() {
    return new Abort<>("book", "trip", "CHANGED_MIND", T);
  }

  static Intervention<Cmd> operator(OperatorAction action, String step) {
    return new Intervention<>(action, step, OPERATOR, "a reason", T);
  }

  static List<String> sent(SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> spec) {
    return spec.effects().stream()
        .filter(Send.class::isInstance)
        .map(effect -> ((Send<Cmd>) effect).command().name())
        .toList();
  }

  static Backoff constant(int seconds) {
    return new Backoff(
        Backoff.Kind.CONSTANT, Duration.ofSeconds(seconds), Duration.ofSeconds(seconds), 0);
  }

  private static StepPolicy policy(String step, int attempts, boolean pivot) {
    return new StepPolicy(step, Duration.ofSeconds(30), attempts, constant(1), Set.of(FULL), pivot);
  }
}
