package io.kiroku.saga;

import static io.kiroku.saga.SagaTrigger.Phase.COMPENSATION;
import static io.kiroku.saga.Trip.BUSY;
import static io.kiroku.saga.Trip.FULL;
import static io.kiroku.saga.Trip.ID;
import static io.kiroku.saga.Trip.T;
import static io.kiroku.saga.Trip.cancelled;
import static io.kiroku.saga.Trip.deadline;
import static io.kiroku.saga.Trip.failed;
import static io.kiroku.saga.Trip.notUndone;
import static io.kiroku.saga.Trip.ok;
import static io.kiroku.saga.Trip.retry;
import static io.kiroku.saga.Trip.sent;
import static io.kiroku.saga.Trip.started;
import static io.kiroku.saga.Trip.timeout;
import static io.kiroku.saga.Trip.timer;
import static io.kiroku.saga.Trip.undone;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.saga.Effect.CancelAllTimers;
import io.kiroku.saga.Effect.Send;
import io.kiroku.saga.Effect.StartTimer;
import io.kiroku.saga.SagaEvent.CompensationCompleted;
import io.kiroku.saga.SagaEvent.CompensationFailed;
import io.kiroku.saga.SagaEvent.CompensationRequested;
import io.kiroku.saga.SagaEvent.RetryScheduled;
import io.kiroku.saga.SagaEvent.SagaCompensated;
import io.kiroku.saga.SagaEvent.SagaStuck;
import io.kiroku.saga.SagaEvent.StepFailed;
import io.kiroku.saga.SagaEvent.StepPartCompleted;
import io.kiroku.saga.SagaEvent.StepTimedOut;
import io.kiroku.saga.SagaState.Compensated;
import io.kiroku.saga.SagaState.Compensating;
import io.kiroku.saga.SagaState.Completed;
import io.kiroku.saga.SagaState.Running;
import io.kiroku.saga.SagaState.Stuck;
import io.kiroku.saga.Trip.Cmd;
import io.kiroku.testing.SagaSpec;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StepSagaCompensationTest {
  @Test
  void a_final_failure_undoes_the_failed_step_first() {
    hotelAsked()
        .when(failed("hotel", "r", FULL))
        .then(
            new StepFailed<>(ID, "hotel", 1, FULL, false, T),
            requested("hotel", 1, "hotel", FULL, "no-room:r"));
  }

  @Test
  void compensation_goes_backwards_and_ends_with_the_first_step() {
    var trip = hotelAsked().given(failed("hotel", "r", FULL));
    trip.when(undone("hotel", "r"))
        .then(
            new CompensationCompleted<>(ID, "hotel", 1, T),
            requested("seats", 1, "hotel", FULL, "free:a", "free:b"));
    trip.when(undone("seats", "b"))
        .then(new StepPartCompleted<>(ID, "seats", COMPENSATION, "b", T));
    trip.when(undone("seats", "a"))
        .then(
            new CompensationCompleted<>(ID, "seats", 1, T),
            requested("book", 1, "hotel", FULL, "unbook:trip"));
    trip.when(undone("book", "trip"))
        .then(
            new CompensationCompleted<>(ID, "book", 1, T),
            new SagaCompensated<>(ID, "hotel", FULL, T))
        .thenState(typeOf(Compensated.class));
  }

  @Test
  void parts_done_on_the_way_forward_still_have_to_be_undone() {
    var trip = started(ok("seats", "a")).when(failed("seats", "b", FULL));
    assertThat(sent(trip)).containsExactly("free:a", "free:b");
    trip.when(undone("seats", "a")).thenState(typeOf(Compensating.class));
    assertThat(sent(trip)).isEmpty();
    assertThat(sent(trip.when(undone("seats", "b")))).containsExactly("unbook:trip");
  }

  @Test
  void a_step_that_timed_out_for_good_may_have_been_done_and_is_undone() {
    hotelAsked()
        .given(timeout("hotel", 1), retry("hotel", 2))
        .when(timeout("hotel", 2))
        .then(
            new StepTimedOut<>(ID, "hotel", 2, T),
            requested("hotel", 1, "hotel", SagaCodes.STEP_TIMED_OUT, "no-room:r"));
  }

  @Test
  void turning_back_sends_with_the_reason_and_voids_the_timers_of_the_way_forward() {
    assertThat(hotelAsked().when(deadline()).effects())
        .containsExactly(
            new CancelAllTimers<>(),
            new Send<>("hotel", 1, new Cmd("no-room:r"), SagaCodes.SAGA_DEADLINE_EXCEEDED),
            new StartTimer<>("step:hotel:COMPENSATION:1", T.plusSeconds(60)));
  }

  @Test
  void a_late_success_of_a_step_given_up_changes_nothing() {
    givenUp().when(ok("hotel", "r")).thenNothing();
  }

  @Test
  void a_late_failure_or_an_old_timer_of_the_way_forward_changes_nothing() {
    givenUp().when(failed("hotel", "r", FULL)).thenNothing();
    givenUp().when(timeout("hotel", 1)).thenNothing();
    givenUp().when(retry("hotel", 2)).thenNothing();
    givenUp().when(deadline()).thenNothing();
  }

  @Test
  void an_answer_for_a_step_that_is_not_being_undone_changes_nothing() {
    givenUp().when(undone("seats", "a")).thenNothing();
    givenUp().given(undone("hotel", "r")).when(undone("hotel", "r")).thenNothing();
  }

  @Test
  void a_failed_compensation_is_tried_again_for_the_parts_that_are_open() {
    var trip = givenUp().given(undone("hotel", "r"), undone("seats", "a"));
    trip.when(notUndone("seats", "b", BUSY))
        .then(
            new CompensationFailed<>(ID, "seats", 1, BUSY, T),
            new RetryScheduled<>(ID, "seats", COMPENSATION, 2, T.plusSeconds(5), T));
    trip.when(timer("retry", "seats", COMPENSATION, 2))
        .then(requested("seats", 2, "hotel", FULL, "free:b"));
  }

  @Test
  void no_code_is_final_for_a_compensation() {
    givenUp()
        .when(notUndone("hotel", "r", FULL))
        .then(
            new CompensationFailed<>(ID, "hotel", 1, FULL, T),
            new RetryScheduled<>(ID, "hotel", COMPENSATION, 2, T.plusSeconds(5), T));
  }

  @Test
  void trap_12_a_failed_compensation_is_never_skipped_in_silence() {
    givenUp()
        .given(notUndone("hotel", "r", BUSY), timer("retry", "hotel", COMPENSATION, 2))
        .when(timer("step", "hotel", COMPENSATION, 2))
        .then(
            new CompensationFailed<>(ID, "hotel", 2, SagaCodes.STEP_TIMED_OUT, T),
            new SagaStuck<>(ID, "hotel", COMPENSATION, SagaCodes.STEP_TIMED_OUT, T))
        .thenEffectsInclude(new CancelAllTimers<>())
        .thenState(typeOf(Stuck.class));
  }

  @Test
  void a_stuck_compensation_goes_on_when_the_success_comes_after_all() {
    stuckCompensation()
        .when(undone("hotel", "r"))
        .then(
            new CompensationCompleted<>(ID, "hotel", 2, T),
            requested("seats", 1, "hotel", FULL, "free:a", "free:b"))
        .thenState(typeOf(Compensating.class));
  }

  @Test
  void trap_18_a_stuck_saga_does_not_react_to_failures_and_timers() {
    stuckCompensation().when(notUndone("hotel", "r", BUSY)).thenNothing();
    stuckCompensation().when(timer("step", "hotel", COMPENSATION, 2)).thenNothing();
    stuckCompensation().when(timer("retry", "hotel", COMPENSATION, 3)).thenNothing();
    stuckCompensation().when(deadline()).thenNothing();
  }

  @Test
  void a_success_between_two_attempts_of_a_compensation_needs_no_second_attempt() {
    var trip = givenUp().given(notUndone("hotel", "r", BUSY), undone("hotel", "r"));
    trip.thenState(typeOf(Compensating.class));
    trip.when(timer("retry", "hotel", COMPENSATION, 2)).thenNothing();
  }

  @Test
  void a_second_failure_of_the_same_attempt_counts_once() {
    givenUp()
        .given(notUndone("hotel", "r", BUSY))
        .when(notUndone("hotel", "r", BUSY))
        .thenNothing();
  }

  @Test
  void the_sagas_own_cancellation_ends_it_and_does_not_start_it_anew() {
    var trip = givenUp().given(undone("hotel", "r"), undone("seats", "a"), undone("seats", "b"));
    trip.when(cancelled())
        .then(
            new CompensationCompleted<>(ID, "book", 1, T),
            new SagaCompensated<>(ID, "hotel", FULL, T));
    trip.when(cancelled()).thenNothing();
  }

  @Test
  void a_cancellation_from_outside_turns_a_running_saga_back() {
    hotelAsked().when(cancelled()).then(requested("hotel", 1, "book", "CHANGED_MIND", "no-room:r"));
  }

  @Test
  void a_cancellation_between_two_attempts_turns_it_back_too() {
    var trip = hotelAsked().given(failed("hotel", "r", BUSY)).when(cancelled());
    assertThat(sent(trip)).containsExactly("no-room:r");
    trip.when(retry("hotel", 2)).thenNothing();
  }

  @Test
  void a_cancellation_from_outside_does_not_disturb_a_compensation_elsewhere() {
    givenUp().when(cancelled()).thenNothing();
  }

  @Test
  void a_completed_saga_is_undone_when_somebody_cancels_later() {
    var trip = completed().thenState(typeOf(Completed.class));
    trip.when(cancelled()).then(requested("hotel", 1, "book", "CHANGED_MIND", "no-room:r"));
    trip.given(
        undone("hotel", "r"), undone("seats", "a"), undone("seats", "b"), undone("book", "trip"));
    trip.thenState(typeOf(Compensated.class));
  }

  @Test
  void a_cancellation_past_the_pivot_turns_back_for_going_forward_can_no_longer_succeed() {
    var trip = started(seatsAndHotelDone()).when(cancelled());
    assertThat(sent(trip)).containsExactly("no-room:r");
  }

  @Test
  void a_saga_stuck_past_the_pivot_is_undone_when_somebody_cancels() {
    var trip = stuckAtThePivot().thenState(typeOf(Stuck.class)).when(cancelled());
    assertThat(sent(trip)).containsExactly("no-room:r");
    trip.thenState(typeOf(Compensating.class));
  }

  @Test
  void a_compensated_saga_hears_nothing_more() {
    var trip =
        givenUp()
            .given(undone("hotel", "r"), undone("seats", "a"), undone("seats", "b"))
            .given(undone("book", "trip"));
    trip.when(cancelled()).thenNothing();
    trip.when(ok("hotel", "r")).thenNothing();
    trip.when(Trip.start()).thenNothing();
  }

  private static SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> hotelAsked() {
    return started(ok("seats", "a"), ok("seats", "b")).thenState(typeOf(Running.class));
  }

  private static SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> givenUp() {
    return hotelAsked().given(failed("hotel", "r", FULL)).thenState(typeOf(Compensating.class));
  }

  private static SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd>
      stuckCompensation() {
    return givenUp()
        .given(
            notUndone("hotel", "r", BUSY),
            timer("retry", "hotel", COMPENSATION, 2),
            notUndone("hotel", "r", BUSY));
  }

  private static SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> stuckAtThePivot() {
    return started(seatsAndHotelDone())
        .given(timeout("tickets", 1), retry("tickets", 2), timeout("tickets", 2));
  }

  private static SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> completed() {
    return started(seatsAndHotelDone()).given(ok("tickets", "t"));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type, for varargs
  private static SagaTrigger<Cmd>[] seatsAndHotelDone() {
    return new SagaTrigger[] {ok("seats", "a"), ok("seats", "b"), ok("hotel", "r")};
  }

  private static CompensationRequested<Cmd> requested(
      String step, int attempt, String failedStep, String code, String... commands) {
    var sent = List.of(commands).stream().map(Cmd::new).toList();
    return new CompensationRequested<>(
        ID, step, attempt, sent, failedStep, code, T.plusSeconds(60), T);
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends SagaState<Cmd>> typeOf(Class<?> raw) {
    return (Class<? extends SagaState<Cmd>>) raw;
  }
}
