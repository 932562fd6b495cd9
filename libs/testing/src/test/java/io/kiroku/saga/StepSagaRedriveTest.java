package io.kiroku.saga;

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
import static io.kiroku.saga.Trip.retry;
import static io.kiroku.saga.Trip.started;
import static io.kiroku.saga.Trip.timeout;
import static io.kiroku.saga.Trip.timer;
import static io.kiroku.saga.Trip.undone;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.decider.Decision;
import io.kiroku.saga.SagaEvent.OperatorIntervened;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.Trip.Cmd;
import io.kiroku.testing.SagaSpec;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Whether a command that waits among the dead letters may be sent again.
@DisplayNameGeneration(ReplaceUnderscores.class)
class StepSagaRedriveTest {
  @Test
  void what_the_saga_waits_for_may_be_sent_again_and_changes_nothing_by_itself() {
    var trip = hotelAsked();
    assertSent(trip, "hotel", FORWARD);
    var state = trip.state();
    assertThat(Trip.SAGA.evolve(state, redriven("hotel", FORWARD, "REDRIVE"))).isEqualTo(state);
    assertThat(Trip.SAGA.effects(redriven("hotel", FORWARD, "REDRIVE"))).isEmpty();
  }

  @Test
  void whichever_attempt_it_was() {
    assertSent(hotelAsked().given(timeout("hotel", 1)), "hotel", FORWARD);
    assertSent(hotelAsked().given(timeout("hotel", 1), retry("hotel", 2)), "hotel", FORWARD);
  }

  @Test
  void what_a_stuck_saga_is_stuck_in_may_be_sent_again() {
    assertSent(stuckBackward(), "hotel", COMPENSATION);
    assertOvertaken(stuckBackward(), "hotel", FORWARD, "goes back");
  }

  @Test
  void trap_27_what_a_compensation_has_overtaken_may_not() {
    var back = hotelAsked().given(failed("hotel", "r", FULL));
    assertOvertaken(back, "hotel", FORWARD, "The saga goes back, since hotel failed: FULL.");
    assertOvertaken(back, "seats", FORWARD, "goes back");
    assertSent(back, "hotel", COMPENSATION);
    assertOvertaken(
        back.given(undone("hotel", "r")), "hotel", COMPENSATION, "compensation of hotel is done");
  }

  @Test
  void trap_27_nor_what_belongs_to_a_saga_that_has_ended() {
    var compensated =
        hotelAsked()
            .given(failed("hotel", "r", FULL), undone("hotel", "r"))
            .given(undone("seats", "a"), undone("seats", "b"), undone("book", "trip"));
    assertOvertaken(compensated, "hotel", FORWARD, "has ended, undone after hotel failed: FULL");
    assertOvertaken(compensated, "hotel", COMPENSATION, "has ended");
    var completed = hotelAsked().given(ok("hotel", "r"), ok("tickets", "t"));
    assertOvertaken(completed, "tickets", FORWARD, "has completed");
  }

  @Test
  void nor_what_was_done_by_another_attempt() {
    assertOvertaken(hotelAsked(), "seats", FORWARD, "gone on: seats is done");
  }

  @Test
  void force_sends_it_all_the_same_and_the_record_says_so() {
    var back = hotelAsked().given(failed("hotel", "r", FULL));
    var forced = redriven("hotel", FORWARD, "REDRIVE_OVERTAKEN");
    assertThat(redrive(back, "hotel", FORWARD, true)).isEqualTo(Decision.accept(forced));
    assertThat(forced.redrives()).isTrue();
    assertThat(forced.wasForced()).isTrue();
    assertThat(redrive(hotelAsked(), "hotel", FORWARD, true))
        .isEqualTo(Decision.accept(redriven("hotel", FORWARD, "REDRIVE")));
  }

  @Test
  void a_saga_that_never_began_sent_nothing() {
    assertThat(redrive(Trip.spec(), "hotel", FORWARD, true))
        .isEqualTo(Decision.reject(OperatorRejection.SAGA_NOT_FOUND));
  }

  @Test
  void what_operators_decide_is_no_redrive() {
    assertThat(redriven("hotel", FORWARD, OperatorAction.RETRY.name()).redrives()).isFalse();
  }

  private static void assertSent(
      SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> trip,
      String step,
      Phase phase) {
    assertThat(redrive(trip, step, phase, false))
        .isEqualTo(Decision.accept(redriven(step, phase, "REDRIVE")));
  }

  private static void assertOvertaken(
      SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> trip,
      String step,
      Phase phase,
      String what) {
    String answer =
        redrive(trip, step, phase, false) instanceof Decision.Rejected<SagaEvent<Cmd>>(var reason)
            ? reason.code() + ": " + reason.detail()
            : "accepted";
    assertThat(answer).startsWith("OVERTAKEN: ").contains(what);
  }

  private static Decision<SagaEvent<Cmd>> redrive(
      SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> trip,
      String step,
      Phase phase,
      boolean force) {
    return Trip.SAGA.redrive(
        new Redrive(ID, step, phase, OPERATOR, "a reason", force, T), trip.state());
  }

  private static OperatorIntervened<Cmd> redriven(String step, Phase phase, String action) {
    return new OperatorIntervened<>(ID, step, phase, action, OPERATOR, "a reason", T);
  }

  private static SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> hotelAsked() {
    return started(ok("seats", "a"), ok("seats", "b"));
  }

  private static SagaSpec<SagaTrigger<Cmd>, SagaState<Cmd>, SagaEvent<Cmd>, Cmd> stuckBackward() {
    return hotelAsked()
        .given(failed("hotel", "r", FULL), notUndone("hotel", "r", BUSY))
        .given(timer("retry", "hotel", COMPENSATION, 2), notUndone("hotel", "r", BUSY));
  }
}
