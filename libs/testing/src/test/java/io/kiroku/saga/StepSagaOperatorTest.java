package io.kiroku.saga;

import static io.kiroku.saga.OperatorAction.CANCEL;
import static io.kiroku.saga.OperatorAction.COMPLETE_BY_HAND;
import static io.kiroku.saga.OperatorAction.RETRY;
import static io.kiroku.saga.OperatorAction.SKIP;
import static io.kiroku.saga.SagaTrigger.Phase.COMPENSATION;
import static io.kiroku.saga.SagaTrigger.Phase.FORWARD;
import static io.kiroku.saga.Trip.BUSY;
import static io.kiroku.saga.Trip.FULL;
import static io.kiroku.saga.Trip.ID;
import static io.kiroku.saga.Trip.OPERATOR;
import static io.kiroku.saga.Trip.T;
import static io.kiroku.saga.Trip.failed;
import static io.kiroku.saga.Trip.notUndone;
import static io.kiroku.saga.Trip.ok;
import static io.kiroku.saga.Trip.operator;
import static io.kiroku.saga.Trip.retry;
import static io.kiroku.saga.Trip.sent;
import static io.kiroku.saga.Trip.started;
import static io.kiroku.saga.Trip.timer;
import static io.kiroku.saga.Trip.undone;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.decider.Decision;
import io.kiroku.saga.Effect.Send;
import io.kiroku.saga.Effect.StartTimer;
import io.kiroku.saga.SagaEvent.CompensationCompleted;
import io.kiroku.saga.SagaEvent.CompensationFailed;
import io.kiroku.saga.SagaEvent.CompensationRequested;
import io.kiroku.saga.SagaEvent.OperatorIntervened;
import io.kiroku.saga.SagaEvent.SagaCompensated;
import io.kiroku.saga.SagaEvent.SagaCompleted;
import io.kiroku.saga.SagaEvent.SagaStuck;
import io.kiroku.saga.SagaEvent.StepCompleted;
import io.kiroku.saga.SagaEvent.StepFailed;
import io.kiroku.saga.SagaEvent.StepRequested;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.Trip.Cmd;
import io.kiroku.testing.SagaSpec;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StepSagaOperatorTest {
  @Test
  void a_compensation_that_is_retried_is_asked_for_once_more() {
    stuckBackward()
        .when(operator(RETRY, "hotel"))
        .then(intervened(RETRY, "hotel", COMPENSATION), undo("hotel", 3, "no-room:r"))
        .thenEffectsInclude(
            new Send<>("hotel", 3, new Cmd("no-room:r"), FULL),
            new StartTimer<>("step:hotel:COMPENSATION:3", T.plusSeconds(60)));
  }

  @Test
  void only_the_open_parts_are_retried() {
    var trip =
        stuckBackward()
            .given(undone("hotel", "r"), undone("seats", "a"), seatsFail(), seatsAgain());
    trip.given(seatsFail()).when(operator(RETRY, "seats"));
    assertThat(sent(trip)).containsExactly("free:b");
  }

  @Test
  void a_retried_compensation_that_succeeds_goes_on_backwards() {
    stuckBackward()
        .given(operator(RETRY, "hotel"))
        .when(undone("hotel", "r"))
        .then(new CompensationCompleted<>(ID, "hotel", 3, T), undo("seats", 1, "free:a", "free:b"));
  }

  @Test
  void a_retry_is_one_attempt_and_sticks_again() {
    stuckBackward()
        .given(operator(RETRY, "hotel"))
        .when(notUndone("hotel", "r", BUSY))
        .then(
            new CompensationFailed<>(ID, "hotel", 3, BUSY, T),
            new SagaStuck<>(ID, "hotel", COMPENSATION, BUSY, T));
    stuckForward()
        .given(operator(RETRY, "tickets"))
        .when(failed("tickets", "t", BUSY))
        .then(
            new StepFailed<>(ID, "tickets", 3, BUSY, true, T),
            new SagaStuck<>(ID, "tickets", FORWARD, BUSY, T));
  }

  @Test
  void a_step_past_the_pivot_is_retried_forward() {
    stuckForward()
        .when(operator(RETRY, "tickets"))
        .then(
            intervened(RETRY, "tickets", FORWARD),
            new StepRequested<>(
                ID, "tickets", 3, List.of(new Cmd("print:t")), T.plusSeconds(30), T));
  }

  @Test
  void the_answer_to_a_retry_completes_the_saga() {
    stuckForward()
        .given(operator(RETRY, "tickets"))
        .when(ok("tickets", "t"))
        .then(new StepCompleted<>(ID, "tickets", 3, T), new SagaCompleted<>(ID, T));
  }

  @Test
  void a_skipped_step_counts_as_done() {
    stuckForward()
        .when(operator(SKIP, "tickets"))
        .then(
            intervened(SKIP, "tickets", FORWARD),
            new StepCompleted<>(ID, "tickets", 2, T),
            new SagaCompleted<>(ID, T))
        .thenState(typeOf(SagaState.Completed.class));
  }

  @Test
  void trap_12_a_compensation_is_skipped_only_by_somebody_who_says_why() {
    stuckBackward()
        .when(operator(SKIP, "hotel"))
        .then(
            intervened(SKIP, "hotel", COMPENSATION),
            new CompensationCompleted<>(ID, "hotel", 2, T),
            undo("seats", 1, "free:a", "free:b"))
        .thenState(typeOf(SagaState.Compensating.class));
  }

  @Test
  void a_compensation_done_by_hand_counts_as_done() {
    stuckBackward()
        .when(operator(COMPLETE_BY_HAND, "hotel"))
        .then(
            intervened(COMPLETE_BY_HAND, "hotel", COMPENSATION),
            new CompensationCompleted<>(ID, "hotel", 2, T),
            undo("seats", 1, "free:a", "free:b"));
  }

  @Test
  void the_last_compensation_done_by_hand_ends_the_saga() {
    var trip =
        stuckBackward()
            .given(undone("hotel", "r"), undone("seats", "a"), undone("seats", "b"))
            .given(notUndone("book", "trip", BUSY), timer("retry", "book", COMPENSATION, 2))
            .given(notUndone("book", "trip", BUSY));
    trip.when(operator(COMPLETE_BY_HAND, "book"))
        .then(
            intervened(COMPLETE_BY_HAND, "book", COMPENSATION),
            new CompensationCompleted<>(ID, "book", 2, T),
            new SagaCompensated<>(ID, "hotel", FULL, T));
  }

  @Test
  void cancelling_turns_a_running_saga_back() {
    var trip = hotelAsked().when(operator(CANCEL, ""));
    trip.then(
        intervened(CANCEL, "hotel", FORWARD),
        new CompensationRequested<>(
            ID,
            "hotel",
            1,
            List.of(new Cmd("no-room:r")),
            "hotel",
            SagaCodes.CANCELLED_BY_OPERATOR,
            T.plusSeconds(60),
            T));
    assertThat(trip.effects()).startsWith(new Effect.CancelAllTimers<>());
  }

  @Test
  void cancelling_between_two_attempts_turns_back_too() {
    var trip = hotelAsked().given(failed("hotel", "r", BUSY)).when(operator(CANCEL, ""));
    assertThat(sent(trip)).containsExactly("no-room:r");
    trip.when(retry("hotel", 2)).thenNothing();
  }

  @Test
  void past_the_pivot_nobody_cancels() {
    var atThePivot = hotelAsked().given(ok("hotel", "r"));
    assertRefused(atThePivot, CANCEL, "", OperatorRejection.SAGA_PAST_PIVOT);
    assertRefused(stuckForward(), CANCEL, "", OperatorRejection.SAGA_PAST_PIVOT);
  }

  @Test
  void a_saga_that_goes_back_cannot_be_turned_back() {
    var back = hotelAsked().given(failed("hotel", "r", FULL));
    assertRefused(back, CANCEL, "", OperatorRejection.SAGA_ALREADY_COMPENSATING);
    assertRefused(stuckBackward(), CANCEL, "", OperatorRejection.SAGA_ALREADY_COMPENSATING);
  }

  @Test
  void a_saga_on_its_way_needs_nobody() {
    for (OperatorAction action : List.of(RETRY, SKIP, COMPLETE_BY_HAND)) {
      assertRefused(hotelAsked(), action, "hotel", OperatorRejection.SAGA_NOT_STUCK);
      var back = hotelAsked().given(failed("hotel", "r", FULL));
      assertRefused(back, action, "hotel", OperatorRejection.SAGA_NOT_STUCK);
    }
  }

  @Test
  void the_step_has_to_be_the_one_in_which_the_saga_is_stuck() {
    for (OperatorAction action : List.of(RETRY, SKIP, COMPLETE_BY_HAND)) {
      assertRefused(stuckBackward(), action, "seats", OperatorRejection.SAGA_AT_ANOTHER_STEP);
      assertRefused(stuckBackward(), action, "pool", OperatorRejection.SAGA_STEP_NOT_FOUND);
    }
    assertRefused(stuckForward(), RETRY, "hotel", OperatorRejection.SAGA_AT_ANOTHER_STEP);
    assertRefused(stuckForward(), SKIP, "", OperatorRejection.SAGA_STEP_NOT_FOUND);
  }

  @Test
  void only_a_compensation_is_completed_by_hand() {
    assertRefused(
        stuckForward(), COMPLETE_BY_HAND, "tickets", OperatorRejection.SAGA_NOT_COMPENSATING);
  }

  @Test
  void what_has_ended_or_never_began_is_refused() {
    var completed = hotelAsked().given(ok("hotel", "r"), ok("tickets", "t"));
    var compensated =
        hotelAsked()
            .given(failed("hotel", "r", FULL), undone("hotel", "r"))
            .given(undone("seats", "a"), undone("seats", "b"), undone("book", "trip"));
    for (OperatorAction action : OperatorAction.values()) {
      assertRefused(completed, action, "tickets", OperatorRejection.SAGA_ENDED);
      assertRefused(compensated, action, "hotel", OperatorRejection.SAGA_ENDED);
      assertRefused(Trip.spec(), action, "hotel", OperatorRejection.SAGA_NOT_FOUND);
    }
  }

  @Test
  void a_late_answer_to_what_an_operator_skipped_changes_nothing() {
    stuckBackward().given(operator(SKIP, "hotel")).when(undone("hotel", "r")).thenNothing();
    stuckForward().given(operator(SKIP, "tickets")).when(ok("tickets", "t")).thenNothing();
  }

  @Test
  void an_operator_sees_what_is_left() {
    assertThat(Trip.spec().state().remainingSteps()).isEmpty();
    assertThat(hotelAsked().state().remainingSteps()).containsExactly("hotel", "tickets");
    assertThat(stuckForward().state().remainingSteps()).containsExactly("tickets");
    assertThat(stuckBackward().state().remainingSteps()).containsExactly("hotel", "seats", "book");
    assertThat(stuckForward().given(operator(SKIP, "tickets")).state().remainingSteps()).isEmpty();
  }

  @Test
  void refusals_have_codes_and_sentences() {
    for (OperatorRejection rejection : OperatorRejection.values()) {
      assertThat(rejection.code()).isEqualTo(rejection.name());
      assertThat(rejection.detail()).endsWith(".");
    }
  }

  private static void assertRefused(
      SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> trip,
      OperatorAction action,
      String step,
      OperatorRejection reason) {
    var order = operator(action, step);
    assertThat(Trip.SAGA.intervene(order, trip.state())).isEqualTo(Decision.reject(reason));
    trip.when(order).thenNothing();
  }

  private static SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> hotelAsked() {
    return started(ok("seats", "a"), ok("seats", "b"));
  }

  private static SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> stuckForward() {
    return hotelAsked()
        .given(ok("hotel", "r"), failed("tickets", "t", BUSY), retry("tickets", 2))
        .given(failed("tickets", "t", BUSY))
        .thenState(typeOf(SagaState.Stuck.class));
  }

  private static SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> stuckBackward() {
    return hotelAsked()
        .given(failed("hotel", "r", FULL), notUndone("hotel", "r", BUSY))
        .given(timer("retry", "hotel", COMPENSATION, 2), notUndone("hotel", "r", BUSY))
        .thenState(typeOf(SagaState.Stuck.class));
  }

  private static SagaTrigger<Cmd> seatsFail() {
    return notUndone("seats", "b", BUSY);
  }

  private static SagaTrigger<Cmd> seatsAgain() {
    return timer("retry", "seats", COMPENSATION, 2);
  }

  private static OperatorIntervened<Cmd> intervened(
      OperatorAction action, String step, Phase phase) {
    return new OperatorIntervened<>(ID, step, phase, action.name(), OPERATOR, "a reason", T);
  }

  private static CompensationRequested<Cmd> undo(String step, int attempt, String... commands) {
    var sent = List.of(commands).stream().map(Cmd::new).toList();
    return new CompensationRequested<>(
        ID, step, attempt, sent, "hotel", FULL, T.plusSeconds(60), T);
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends SagaState<Cmd>> typeOf(Class<?> raw) {
    return (Class<? extends SagaState<Cmd>>) raw;
  }
}
