package io.kiroku.saga;

import static io.kiroku.saga.SagaTrigger.Phase.FORWARD;
import static io.kiroku.saga.Trip.BUSY;
import static io.kiroku.saga.Trip.FULL;
import static io.kiroku.saga.Trip.ID;
import static io.kiroku.saga.Trip.PLAN;
import static io.kiroku.saga.Trip.T;
import static io.kiroku.saga.Trip.deadline;
import static io.kiroku.saga.Trip.failed;
import static io.kiroku.saga.Trip.ok;
import static io.kiroku.saga.Trip.retry;
import static io.kiroku.saga.Trip.sent;
import static io.kiroku.saga.Trip.start;
import static io.kiroku.saga.Trip.started;
import static io.kiroku.saga.Trip.timeout;
import static io.kiroku.saga.Trip.undone;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.saga.Effect.CancelAllTimers;
import io.kiroku.saga.Effect.CancelTimer;
import io.kiroku.saga.Effect.Send;
import io.kiroku.saga.Effect.StartTimer;
import io.kiroku.saga.SagaEvent.RetryScheduled;
import io.kiroku.saga.SagaEvent.SagaCompleted;
import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.saga.SagaEvent.SagaStuck;
import io.kiroku.saga.SagaEvent.StepCompleted;
import io.kiroku.saga.SagaEvent.StepFailed;
import io.kiroku.saga.SagaEvent.StepPartCompleted;
import io.kiroku.saga.SagaEvent.StepRequested;
import io.kiroku.saga.SagaEvent.StepTimedOut;
import io.kiroku.saga.Trip.Cmd;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StepSagaForwardTest {
  @Test
  void starting_completes_steps_without_commands_and_requests_the_first_with_some() {
    Trip.spec()
        .when(start())
        .then(
            new SagaStarted<>(ID, "trip", PLAN, T.plusSeconds(600), T),
            new StepCompleted<>(ID, "book", 0, T),
            requested("seats", 1, "seat:a", "seat:b"));
  }

  @Test
  void starting_sends_one_command_per_part_and_starts_both_timers() {
    Trip.spec()
        .when(start())
        .thenEffects(
            new StartTimer<>("saga:deadline", T.plusSeconds(600)),
            new Send<>("seats", 1, new Cmd("seat:a"), ""),
            new Send<>("seats", 1, new Cmd("seat:b"), ""),
            new StartTimer<>("step:seats:FORWARD:1", T.plusSeconds(30)));
  }

  @Test
  void a_second_start_changes_nothing() {
    started().when(start()).thenNothing();
  }

  @Test
  void whatever_comes_before_the_start_changes_nothing() {
    Trip.spec().when(ok("seats", "a")).thenNothing();
    Trip.spec().when(deadline()).thenNothing();
    Trip.spec().when(Trip.cancelled()).thenNothing();
  }

  @Test
  void a_step_is_completed_by_its_last_part() {
    var trip = started();
    trip.when(ok("seats", "b")).then(new StepPartCompleted<>(ID, "seats", FORWARD, "b", T));
    trip.when(ok("seats", "a"))
        .then(new StepCompleted<>(ID, "seats", 1, T), requested("hotel", 1, "room:r"))
        .thenEffects(
            new CancelTimer<>("step:seats:FORWARD:1"),
            new CancelTimer<>("retry:seats:FORWARD:2"),
            new Send<>("hotel", 1, new Cmd("room:r"), ""),
            new StartTimer<>("step:hotel:FORWARD:1", T.plusSeconds(30)));
  }

  @Test
  void trap_23_an_answer_that_comes_twice_counts_once() {
    started(ok("seats", "a")).when(ok("seats", "a")).thenNothing();
    started(ok("seats", "a"), ok("seats", "b")).when(ok("seats", "b")).thenNothing();
  }

  @Test
  void trap_1_an_answer_about_another_step_part_or_phase_changes_nothing() {
    started().when(ok("hotel", "r")).thenNothing();
    started().when(ok("seats", "c")).thenNothing();
    started().when(ok("no-such-step", "a")).thenNothing();
    started().when(undone("seats", "a")).thenNothing();
    started().when(failed("hotel", "r", FULL)).thenNothing();
    started(ok("seats", "a")).when(failed("seats", "a", FULL)).thenNothing();
  }

  @Test
  void the_last_step_completes_the_saga() {
    hotelDone()
        .when(ok("tickets", "t"))
        .then(new StepCompleted<>(ID, "tickets", 1, T), new SagaCompleted<>(ID, T))
        .thenEffectsInclude(new CancelAllTimers<>());
  }

  @Test
  void a_completed_saga_ignores_late_answers_and_timers() {
    hotelDone().given(ok("tickets", "t")).when(ok("tickets", "t")).thenNothing();
    hotelDone().given(ok("tickets", "t")).when(failed("tickets", "t", BUSY)).thenNothing();
    hotelDone().given(ok("tickets", "t")).when(timeout("tickets", 1)).thenNothing();
    hotelDone().given(ok("tickets", "t")).when(deadline()).thenNothing();
  }

  @Test
  void a_failure_that_may_pass_is_tried_again_after_the_back_off() {
    var trip = started(ok("seats", "a"));
    trip.when(failed("seats", "b", BUSY))
        .then(
            new StepFailed<>(ID, "seats", 1, BUSY, true, T),
            new RetryScheduled<>(ID, "seats", FORWARD, 2, T.plusSeconds(1), T))
        .thenEffects(
            new CancelTimer<>("step:seats:FORWARD:1"),
            new CancelTimer<>("retry:seats:FORWARD:2"),
            new StartTimer<>("retry:seats:FORWARD:2", T.plusSeconds(1)));
    trip.when(retry("seats", 2))
        .then(requested("seats", 2, "seat:b"))
        .thenEffects(
            new CancelTimer<>("retry:seats:FORWARD:2"),
            new Send<>("seats", 2, new Cmd("seat:b"), ""),
            new StartTimer<>("step:seats:FORWARD:2", T.plusSeconds(30)));
  }

  @Test
  void trap_3_two_failures_of_one_attempt_are_one_failed_attempt() {
    started(failed("seats", "a", BUSY)).when(failed("seats", "b", BUSY)).thenNothing();
  }

  @Test
  void a_final_failure_between_two_attempts_turns_back_at_once() {
    var trip = started(failed("seats", "a", BUSY)).when(failed("seats", "b", FULL));
    assertThat(sent(trip)).containsExactly("free:a", "free:b");
    trip.when(retry("seats", 2)).thenNothing();
  }

  @Test
  void an_attempt_that_is_not_answered_in_time_is_tried_again() {
    started()
        .when(timeout("seats", 1))
        .then(
            new StepTimedOut<>(ID, "seats", 1, T),
            new RetryScheduled<>(ID, "seats", FORWARD, 2, T.plusSeconds(1), T));
  }

  @Test
  void trap_11_a_timer_of_an_attempt_that_is_over_changes_nothing() {
    started(timeout("seats", 1), retry("seats", 2)).when(timeout("seats", 1)).thenNothing();
    started(timeout("seats", 1), retry("seats", 2)).when(retry("seats", 2)).thenNothing();
    started(timeout("seats", 1)).when(timeout("seats", 1)).thenNothing();
    started(ok("seats", "a"), ok("seats", "b")).when(timeout("seats", 1)).thenNothing();
    started().when(retry("seats", 2)).thenNothing();
    started().when(new SagaTrigger.TimerFired<>("nonsense", T)).thenNothing();
  }

  @Test
  void trap_25_a_late_answer_to_an_attempt_that_timed_out_completes_the_step() {
    started(ok("seats", "a"), timeout("seats", 1))
        .when(ok("seats", "b"))
        .then(new StepCompleted<>(ID, "seats", 1, T), requested("hotel", 1, "room:r"));
    started(ok("seats", "a"), timeout("seats", 1), retry("seats", 2))
        .when(ok("seats", "b"))
        .then(new StepCompleted<>(ID, "seats", 2, T), requested("hotel", 1, "room:r"));
  }

  @Test
  void the_last_attempt_that_fails_turns_the_saga_back() {
    var trip =
        started(failed("seats", "a", BUSY), retry("seats", 2), failed("seats", "a", BUSY))
            .given(retry("seats", 3))
            .when(failed("seats", "a", BUSY));
    assertThat(sent(trip)).containsExactly("free:a", "free:b");
  }

  @Test
  void the_deadline_turns_a_running_saga_back() {
    assertThat(sent(started().when(deadline()))).containsExactly("free:a", "free:b");
  }

  @Test
  void past_the_pivot_the_deadline_changes_nothing() {
    hotelDone().when(deadline()).thenNothing();
  }

  @Test
  void past_the_pivot_a_timeout_is_tried_again_and_in_the_end_sticks() {
    var trip = hotelDone().given(timeout("tickets", 1), retry("tickets", 2));
    trip.when(timeout("tickets", 2))
        .then(
            new StepTimedOut<>(ID, "tickets", 2, T),
            new SagaStuck<>(ID, "tickets", FORWARD, SagaCodes.STEP_TIMED_OUT, T));
  }

  @Test
  void past_the_pivot_a_final_failure_sticks_and_never_turns_back() {
    hotelDone()
        .when(failed("tickets", "t", FULL))
        .then(
            new StepFailed<>(ID, "tickets", 1, FULL, false, T),
            new SagaStuck<>(ID, "tickets", FORWARD, FULL, T));
  }

  @Test
  void a_saga_stuck_at_the_pivot_completes_when_the_success_comes_after_all() {
    hotelDone()
        .given(failed("tickets", "t", FULL))
        .when(ok("tickets", "t"))
        .then(new StepCompleted<>(ID, "tickets", 1, T), new SagaCompleted<>(ID, T));
  }

  private static io.kiroku.testing.SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd>
      hotelDone() {
    return started(ok("seats", "a"), ok("seats", "b"), ok("hotel", "r"));
  }

  private static StepRequested<Cmd> requested(String step, int attempt, String... commands) {
    var sent = List.of(commands).stream().map(Cmd::new).toList();
    return new StepRequested<>(ID, step, attempt, sent, T.plusSeconds(30), T);
  }
}
