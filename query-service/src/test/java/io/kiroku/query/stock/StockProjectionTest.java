package io.kiroku.query.stock;

import static io.kiroku.query.Told.AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.inventory.AdjustmentReason;
import io.kiroku.inventory.StockEvent;
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
import io.kiroku.inventory.StockStep;
import io.kiroku.query.IndexGaps;
import io.kiroku.query.Told;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StockProjectionTest {
  private static final ProductId PRODUCT = new ProductId(new UUID(1, 1));
  private static final OrderId ORDER = new OrderId(new UUID(2, 1));
  private static final StockEvent RECEIVED = new StockReceived(PRODUCT, 100, AT);
  private static final StockEvent RESERVED = new StockReserved(PRODUCT, ORDER, 30, AT, AT);
  private static final StockEvent COMMITTED = new StockCommitted(PRODUCT, ORDER, 30, AT);

  private static StockDocument after(StockEvent... story) {
    return Told.to(new StockContribution(), story);
  }

  private static StockDocument stock(long received, long reserved, long committed) {
    return new StockDocument(PRODUCT.toString(), "default", received, reserved, committed, 0);
  }

  @Test
  void what_is_reserved_is_not_for_sale() {
    assertThat(after(RECEIVED, RESERVED)).isEqualTo(stock(100, 30, 0));
    assertThat(after(RECEIVED, RESERVED).available()).isEqualTo(70);
  }

  @Test
  void committing_turns_what_is_reserved_into_what_is_gone() {
    assertThat(after(RECEIVED, RESERVED, COMMITTED)).isEqualTo(stock(100, 0, 30));
  }

  @Test
  void released_and_returned_pieces_are_for_sale_again() {
    assertThat(after(RECEIVED, RESERVED, new StockReleased(PRODUCT, ORDER, 30, AT)))
        .isEqualTo(stock(100, 0, 0));
    assertThat(after(RECEIVED, RESERVED, COMMITTED, new StockReturned(PRODUCT, ORDER, 30, AT)))
        .isEqualTo(stock(100, 0, 0));
  }

  @Test
  void what_was_broken_or_lost_is_not_for_sale() {
    StockDocument corrected =
        after(RECEIVED, new StockAdjusted(PRODUCT, -3, AdjustmentReason.DAMAGED, "broken", AT));
    assertThat(corrected.adjusted()).isEqualTo(-3);
    assertThat(corrected.available()).isEqualTo(97);
  }

  @Test
  void what_was_kept_too_long_is_for_sale_again() {
    assertThat(after(RECEIVED, RESERVED, new StockReservationExpired(PRODUCT, ORDER, 30, AT)))
        .isEqualTo(stock(100, 0, 0));
  }

  @Test
  void refusals_and_repetitions_move_nothing() {
    assertThat(
            after(
                RECEIVED,
                RESERVED,
                new StockReservationRejected(PRODUCT, ORDER, 80, "INSUFFICIENT_STOCK", AT),
                new StockCommitRejected(PRODUCT, ORDER, "NOTHING_RESERVED", AT),
                new StockStepRepeated(PRODUCT, ORDER, StockStep.RESERVE, AT),
                new StockLow(PRODUCT, 9, 10, AT),
                new StockOut(PRODUCT, AT)))
        .isEqualTo(stock(100, 30, 0));
  }

  @Test
  void every_filter_and_sort_of_stock_has_its_index() {
    assertThat(IndexGaps.of(StockListing.DECLARED, new StockProjection().indexes())).isEmpty();
  }
}
