package io.kiroku.inventory;

import static io.kiroku.inventory.StockRejection.ADJUSTMENT_OUT_OF_RANGE;
import static io.kiroku.inventory.StockRejection.INSUFFICIENT_STOCK;
import static io.kiroku.inventory.StockRejection.PRODUCT_NOT_FOUND;
import static io.kiroku.inventory.StockRejection.QUANTITY_OUT_OF_RANGE;
import static io.kiroku.inventory.StockRejection.REASON_BLANK;
import static io.kiroku.inventory.StockRejection.REASON_TOO_LONG;
import static io.kiroku.inventory.StockRejection.RESERVATION_NOT_EXPIRED;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.inventory.StockCommand.AdjustStock;
import io.kiroku.inventory.StockCommand.CommitStock;
import io.kiroku.inventory.StockCommand.ExpireReservation;
import io.kiroku.inventory.StockCommand.ReceiveStock;
import io.kiroku.inventory.StockCommand.ReleaseStock;
import io.kiroku.inventory.StockCommand.ReserveStock;
import io.kiroku.inventory.StockCommand.ReturnStock;
import io.kiroku.inventory.StockEvent.StockAdjusted;
import io.kiroku.inventory.StockEvent.StockCommitRejected;
import io.kiroku.inventory.StockEvent.StockCommitted;
import io.kiroku.inventory.StockEvent.StockLow;
import io.kiroku.inventory.StockEvent.StockOut;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.inventory.StockEvent.StockReleased;
import io.kiroku.inventory.StockEvent.StockReservationExpired;
import io.kiroku.inventory.StockEvent.StockReservationRejected;
import io.kiroku.inventory.StockEvent.StockReserved;
import io.kiroku.inventory.StockEvent.StockReturned;
import io.kiroku.inventory.StockEvent.StockStepRepeated;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.kiroku.testing.DeciderSpec;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StockDeciderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant EXPIRY = NOW.plusSeconds(900);
  private static final ProductId BOWL = new ProductId(new UUID(0, 1));
  private static final OrderId A = new OrderId(new UUID(0, 2));
  private static final OrderId B = new OrderId(new UUID(0, 3));
  private static final StockReceived TEN = new StockReceived(BOWL, 10, NOW);
  private static final StockReserved A_RESERVED_4 = new StockReserved(BOWL, A, 4, EXPIRY, NOW);
  private static final StockCommitted A_COMMITTED_4 = new StockCommitted(BOWL, A, 4, NOW);
  private static final StockReleased A_RELEASED_NOTHING = new StockReleased(BOWL, A, 0, NOW);
  private static final StockReturned A_RETURNED_NOTHING = new StockReturned(BOWL, A, 0, NOW);

  private static final StockReservationExpired A_EXPIRED =
      new StockReservationExpired(BOWL, A, 4, EXPIRY);
  private static final StockOut OUT = new StockOut(BOWL, NOW);

  private final DeciderSpec<StockCommand, Stock, StockEvent> stock =
      DeciderSpec.of(new StockDecider());

  @Test
  void receiving_makes_available() {
    stock.given().when(new ReceiveStock(BOWL, 10, true, NOW)).then(TEN);
    assertThat(stock.given(TEN, TEN).state().available()).isEqualTo(20);
  }

  @Test
  void receiving_is_bounded_and_of_a_product_that_is_there() {
    stock.given().when(receive(0)).thenRejected(QUANTITY_OUT_OF_RANGE);
    stock.given().when(receive(1_000_001)).thenRejected(QUANTITY_OUT_OF_RANGE);
    stock.given().when(receive(1_000_000)).then(new StockReceived(BOWL, 1_000_000, NOW));
    stock.given().when(new ReceiveStock(BOWL, 1, false, NOW)).thenRejected(PRODUCT_NOT_FOUND);
  }

  @Test
  void reserving_takes_from_what_is_available() {
    stock.given(TEN).when(reserve(A, 4)).then(A_RESERVED_4);
    assertThat(stock.given(TEN, A_RESERVED_4).state().available()).isEqualTo(6);
  }

  @Test
  void reserving_more_than_is_available_is_refused_as_a_fact() {
    stock.given(TEN, A_RESERVED_4).when(reserve(B, 7)).then(rejected(B, 7, "INSUFFICIENT_STOCK"));
    stock
        .given(TEN, A_RESERVED_4)
        .when(reserve(B, 6))
        .then(new StockReserved(BOWL, B, 6, EXPIRY, NOW), OUT);
  }

  @Test
  void reserving_what_was_never_received_is_refused_as_a_fact() {
    stock.given().when(reserve(A, 4)).then(rejected(A, 4, "PRODUCT_NOT_FOUND"));
  }

  @Test
  void reserving_after_its_own_expiry_is_refused_as_a_fact() {
    stock
        .given(TEN)
        .when(new ReserveStock(BOWL, A, 4, NOW, NOW))
        .then(rejected(A, 4, "RESERVATION_EXPIRED"));
  }

  @Test
  void a_reservation_is_never_for_less_than_one() {
    stock.given(TEN).when(reserve(A, 0)).then(rejected(A, 0, "QUANTITY_OUT_OF_RANGE"));
    stock.given(TEN).when(reserve(A, -1)).then(rejected(A, -1, "QUANTITY_OUT_OF_RANGE"));
  }

  @Test
  void a_second_reservation_of_an_order_is_a_repetition() {
    stock.given(TEN, A_RESERVED_4).when(reserve(A, 4)).then(repeated(A, StockStep.RESERVE));
    stock
        .given(TEN, A_RESERVED_4, A_COMMITTED_4)
        .when(reserve(A, 4))
        .then(repeated(A, StockStep.RESERVE));
  }

  @Test
  void releasing_makes_available_again_once() {
    var released = new StockReleased(BOWL, A, 4, NOW);
    stock.given(TEN, A_RESERVED_4).when(release(A)).then(released);
    stock.given(TEN, A_RESERVED_4, released).when(release(A)).then(repeated(A, StockStep.RELEASE));
    assertThat(stock.given(TEN, A_RESERVED_4, released).state().available()).isEqualTo(10);
  }

  @Test
  void trap_13_a_release_that_comes_before_its_reservation_makes_that_be_refused() {
    stock.given(TEN).when(release(A)).then(A_RELEASED_NOTHING);
    stock
        .given(TEN, A_RELEASED_NOTHING)
        .when(reserve(A, 4))
        .then(rejected(A, 4, "RESERVATION_ALREADY_RELEASED"));
  }

  @Test
  void one_orders_release_does_not_touch_anothers_reservation() {
    stock.given(TEN, A_RESERVED_4).when(release(B)).then(new StockReleased(BOWL, B, 0, NOW));
    assertThat(
            stock.given(TEN, A_RESERVED_4, new StockReleased(BOWL, B, 0, NOW)).state().available())
        .isEqualTo(6);
  }

  @Test
  void committing_takes_the_reservation_for_good_once() {
    stock.given(TEN, A_RESERVED_4).when(commit(A)).then(A_COMMITTED_4);
    stock
        .given(TEN, A_RESERVED_4, A_COMMITTED_4)
        .when(commit(A))
        .then(repeated(A, StockStep.COMMIT));
    assertThat(stock.given(TEN, A_RESERVED_4, A_COMMITTED_4).state().available()).isEqualTo(6);
  }

  @Test
  void committing_without_a_reservation_is_refused_as_a_fact() {
    var rejected = new StockCommitRejected(BOWL, A, "NOT_RESERVED", NOW);
    stock.given(TEN).when(commit(A)).then(rejected);
    stock.given(TEN, A_RELEASED_NOTHING).when(commit(A)).then(rejected);
  }

  @Test
  void a_release_after_the_commit_is_harmless_and_the_return_still_works() {
    stock.given(TEN, A_RESERVED_4, A_COMMITTED_4).when(release(A)).then(A_RELEASED_NOTHING);
    var strayRelease = stock.given(TEN, A_RESERVED_4, A_COMMITTED_4, A_RELEASED_NOTHING);
    assertThat(strayRelease.state().available()).isEqualTo(6);
    strayRelease.when(giveBack(A)).then(new StockReturned(BOWL, A, 4, NOW));
  }

  @Test
  void returning_undoes_the_commit_once_and_the_release_after_it_is_a_repetition() {
    var returned = new StockReturned(BOWL, A, 4, NOW);
    var undone = stock.given(TEN, A_RESERVED_4, A_COMMITTED_4, returned);
    assertThat(undone.state().available()).isEqualTo(10);
    undone.when(giveBack(A)).then(repeated(A, StockStep.RETURN));
    undone.when(release(A)).then(repeated(A, StockStep.RELEASE));
    undone.when(commit(A)).then(new StockCommitRejected(BOWL, A, "NOT_RESERVED", NOW));
  }

  @Test
  void
      a_return_before_the_commit_makes_that_be_refused_and_leaves_the_reservation_to_the_release() {
    var early = stock.given(TEN, A_RESERVED_4, A_RETURNED_NOTHING);
    stock.given(TEN, A_RESERVED_4).when(giveBack(A)).then(A_RETURNED_NOTHING);
    early.when(commit(A)).then(new StockCommitRejected(BOWL, A, "NOT_RESERVED", NOW));
    early.when(release(A)).then(new StockReleased(BOWL, A, 4, NOW));
    assertThat(early.state().available()).isEqualTo(6);
    assertThat(
            stock
                .given(TEN, A_RESERVED_4, A_RETURNED_NOTHING, new StockReleased(BOWL, A, 4, NOW))
                .state()
                .available())
        .isEqualTo(10);
  }

  @Test
  void a_return_of_nothing_bars_every_later_step_of_the_order() {
    stock.given(TEN).when(giveBack(A)).then(A_RETURNED_NOTHING);
    stock
        .given(TEN, A_RETURNED_NOTHING)
        .when(reserve(A, 4))
        .then(rejected(A, 4, "RESERVATION_ALREADY_RELEASED"));
    stock.given(TEN, A_RELEASED_NOTHING).when(giveBack(A)).then(A_RETURNED_NOTHING);
  }

  @Test
  void adjusting_corrects_what_is_available_up_and_down() {
    stock
        .given(TEN)
        .when(adjust(5))
        .then(new StockAdjusted(BOWL, 5, AdjustmentReason.COUNTED, "counted", NOW));
    stock
        .given(TEN)
        .when(adjust(-5))
        .then(new StockAdjusted(BOWL, -5, AdjustmentReason.COUNTED, "counted", NOW));
    assertThat(
            stock
                .given(TEN, new StockAdjusted(BOWL, -3, AdjustmentReason.DAMAGED, "broken", NOW))
                .state()
                .available())
        .isEqualTo(7);
  }

  @Test
  void adjusting_never_makes_available_negative() {
    stock.given(TEN, A_RESERVED_4).when(adjust(-7)).thenRejected(INSUFFICIENT_STOCK);
    stock
        .given(TEN, A_RESERVED_4)
        .when(adjust(-6))
        .then(new StockAdjusted(BOWL, -6, AdjustmentReason.COUNTED, "counted", NOW), OUT);
    stock.given().when(adjust(-1)).thenRejected(INSUFFICIENT_STOCK);
  }

  @Test
  void adjusting_is_bounded_reasoned_and_of_a_product_that_is_there() {
    stock.given(TEN).when(adjust(0)).thenRejected(ADJUSTMENT_OUT_OF_RANGE);
    stock.given(TEN).when(adjust(1_000_001)).thenRejected(ADJUSTMENT_OUT_OF_RANGE);
    stock.given(TEN).when(adjust(-1_000_001)).thenRejected(ADJUSTMENT_OUT_OF_RANGE);
    stock.given(TEN).when(adjust(Long.MIN_VALUE)).thenRejected(ADJUSTMENT_OUT_OF_RANGE);
    stock
        .given(TEN)
        .when(adjust(1_000_000))
        .then(new StockAdjusted(BOWL, 1_000_000, AdjustmentReason.COUNTED, "counted", NOW));
    stock.given(TEN).when(adjust(-1_000_000)).thenRejected(INSUFFICIENT_STOCK);
    stock.given(TEN).when(adjustFor(" ")).thenRejected(REASON_BLANK);
    stock.given(TEN).when(adjustFor("r".repeat(201))).thenRejected(REASON_TOO_LONG);
    stock
        .given(TEN)
        .when(adjustFor(" " + "r".repeat(200) + " "))
        .then(new StockAdjusted(BOWL, 1, AdjustmentReason.OTHER, "r".repeat(200), NOW));
    stock
        .given(TEN)
        .when(new AdjustStock(BOWL, 1, AdjustmentReason.FOUND, "found", false, NOW))
        .thenRejected(PRODUCT_NOT_FOUND);
  }

  @Test
  void what_was_found_can_be_reserved_though_nothing_was_received() {
    stock
        .given(new StockAdjusted(BOWL, 20, AdjustmentReason.FOUND, "found", NOW))
        .when(reserve(A, 4))
        .then(A_RESERVED_4);
  }

  @Test
  void a_reservation_expires_in_its_time_and_not_before() {
    var reserved = stock.given(TEN, A_RESERVED_4);
    reserved.when(expire(A, EXPIRY)).then(A_EXPIRED);
    reserved
        .when(expire(A, EXPIRY.plusSeconds(60)))
        .then(new StockReservationExpired(BOWL, A, 4, EXPIRY.plusSeconds(60)));
    reserved.when(expire(A, EXPIRY.minusNanos(1))).thenRejected(RESERVATION_NOT_EXPIRED);
  }

  @Test
  void an_expiry_makes_available_again_once() {
    var expired = stock.given(TEN, A_RESERVED_4, A_EXPIRED);
    assertThat(expired.state().available()).isEqualTo(10);
    expired.when(expire(A, EXPIRY)).thenNothing();
  }

  @Test
  void what_is_not_kept_back_any_more_does_not_expire() {
    stock.given(TEN).when(expire(A, EXPIRY)).thenNothing();
    stock.given(TEN, A_RELEASED_NOTHING).when(expire(A, EXPIRY)).thenNothing();
    stock.given(TEN, A_RESERVED_4, A_COMMITTED_4).when(expire(A, EXPIRY)).thenNothing();
    stock
        .given(TEN, A_RESERVED_4, new StockReleased(BOWL, A, 4, NOW))
        .when(expire(A, EXPIRY))
        .thenNothing();
  }

  @Test
  void a_reservation_whose_time_is_over_is_kept_until_its_expiry_is_recorded() {
    stock
        .given(TEN, A_RESERVED_4)
        .when(new CommitStock(BOWL, A, EXPIRY.plusSeconds(1)))
        .then(new StockCommitted(BOWL, A, 4, EXPIRY.plusSeconds(1)));
  }

  @Test
  void after_the_expiry_every_step_of_the_order_is_told_so() {
    var expired = stock.given(TEN, A_RESERVED_4, A_EXPIRED);
    expired.when(commit(A)).then(new StockCommitRejected(BOWL, A, "RESERVATION_EXPIRED", NOW));
    expired.when(reserve(A, 4)).then(rejected(A, 4, "RESERVATION_EXPIRED"));
    expired.when(release(A)).then(A_RELEASED_NOTHING);
    expired.when(giveBack(A)).then(A_RETURNED_NOTHING);
    stock
        .given(TEN, A_RESERVED_4, A_EXPIRED, A_RELEASED_NOTHING)
        .when(commit(A))
        .then(new StockCommitRejected(BOWL, A, "RESERVATION_EXPIRED", NOW));
  }

  @Test
  void an_order_that_was_returned_before_its_reservation_expired_stays_returned() {
    stock
        .given(TEN, A_RESERVED_4, A_RETURNED_NOTHING, A_EXPIRED)
        .when(reserve(A, 4))
        .then(rejected(A, 4, "RESERVATION_ALREADY_RELEASED"));
    assertThat(stock.given(TEN, A_RESERVED_4, A_RETURNED_NOTHING, A_EXPIRED).state().available())
        .isEqualTo(10);
  }

  @Test
  void a_release_before_its_reservation_refuses_that_as_long_as_it_could_be_made() {
    var released = stock.given(TEN, A_RELEASED_NOTHING);
    released
        .when(new ReserveStock(BOWL, A, 4, EXPIRY, EXPIRY.minusNanos(1)))
        .then(
            new StockReservationRejected(
                BOWL, A, 4, "RESERVATION_ALREADY_RELEASED", EXPIRY.minusNanos(1)));
    stock
        .given(TEN)
        .when(new ReserveStock(BOWL, A, 4, EXPIRY, EXPIRY))
        .then(new StockReservationRejected(BOWL, A, 4, "RESERVATION_EXPIRED", EXPIRY));
  }

  @Test
  void low_stock_is_told_once_when_it_becomes_low() {
    var fifteen = new StockReceived(BOWL, 15, NOW);
    var fiveFewer = new StockAdjusted(BOWL, -5, AdjustmentReason.COUNTED, "counted", NOW);
    var low = new StockLow(BOWL, 10, 10, NOW);
    stock
        .given(fifteen)
        .when(adjust(-4))
        .then(new StockAdjusted(BOWL, -4, AdjustmentReason.COUNTED, "counted", NOW));
    stock.given(fifteen).when(adjust(-5)).then(fiveFewer, low);
    stock.given(fifteen, fiveFewer, low).when(reserve(A, 4)).then(A_RESERVED_4);
    stock
        .given(fifteen, fiveFewer, low, TEN)
        .when(reserve(A, 10))
        .then(new StockReserved(BOWL, A, 10, EXPIRY, NOW), low);
  }

  @Test
  void the_last_piece_is_told_and_so_is_everything_at_once() {
    stock.given(TEN).when(reserve(A, 10)).then(new StockReserved(BOWL, A, 10, EXPIRY, NOW), OUT);
    stock
        .given(TEN, TEN)
        .when(reserve(A, 20))
        .then(new StockReserved(BOWL, A, 20, EXPIRY, NOW), new StockLow(BOWL, 0, 10, NOW), OUT);
    stock
        .given(TEN, new StockReserved(BOWL, A, 10, EXPIRY, NOW), OUT)
        .when(reserve(B, 1))
        .then(rejected(B, 1, "INSUFFICIENT_STOCK"));
  }

  @Test
  void what_counts_as_low_is_a_setting() {
    DeciderSpec.of(new StockDecider(new StockThresholds(6)))
        .given(TEN)
        .when(reserve(A, 4))
        .then(A_RESERVED_4, new StockLow(BOWL, 6, 6, NOW));
  }

  @Test
  void what_is_told_about_levels_changes_none() {
    assertThat(stock.given(TEN, OUT, new StockLow(BOWL, 1, 10, NOW)).state())
        .isEqualTo(stock.given(TEN).state());
  }

  private static AdjustStock adjust(long delta) {
    return new AdjustStock(BOWL, delta, AdjustmentReason.COUNTED, "counted", true, NOW);
  }

  private static AdjustStock adjustFor(String reason) {
    return new AdjustStock(BOWL, 1, AdjustmentReason.OTHER, reason, true, NOW);
  }

  private static ExpireReservation expire(OrderId order, Instant now) {
    return new ExpireReservation(BOWL, order, now);
  }

  private static ReceiveStock receive(long quantity) {
    return new ReceiveStock(BOWL, quantity, true, NOW);
  }

  private static ReserveStock reserve(OrderId order, long quantity) {
    return new ReserveStock(BOWL, order, quantity, EXPIRY, NOW);
  }

  private static ReleaseStock release(OrderId order) {
    return new ReleaseStock(BOWL, order, NOW);
  }

  private static CommitStock commit(OrderId order) {
    return new CommitStock(BOWL, order, NOW);
  }

  private static ReturnStock giveBack(OrderId order) {
    return new ReturnStock(BOWL, order, NOW);
  }

  private static StockReservationRejected rejected(OrderId order, long quantity, String code) {
    return new StockReservationRejected(BOWL, order, quantity, code, NOW);
  }

  private static StockStepRepeated repeated(OrderId order, StockStep step) {
    return new StockStepRepeated(BOWL, order, step, NOW);
  }
}
