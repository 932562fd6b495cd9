package io.kiroku.inventory;

import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import io.kiroku.inventory.Stock.Reservation;
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
import java.util.ArrayList;
import java.util.List;

/// The rules of one product's stock.
public final class StockDecider implements Decider<StockCommand, Stock, StockEvent> {
  private final StockThresholds thresholds;

  public StockDecider() {
    this(StockThresholds.DEFAULTS);
  }

  public StockDecider(StockThresholds thresholds) {
    this.thresholds = thresholds;
  }

  @Override
  public Stock initial() {
    return Stock.NONE;
  }

  @Override
  public Decision<StockEvent> decide(StockCommand command, Stock stock) {
    return switch (command) {
      case ReceiveStock receive -> receive(receive);
      case AdjustStock adjust -> adjust(adjust, stock);
      case ReserveStock reserve -> taking(OrderRules.reserve(reserve, stock), stock);
      case ReleaseStock release -> Decision.accept(OrderRules.release(release, stock));
      case CommitStock commit -> Decision.accept(OrderRules.commit(commit, stock));
      case ReturnStock giveBack -> Decision.accept(OrderRules.giveBack(giveBack, stock));
      case ExpireReservation expire -> OrderRules.expire(expire, stock);
    };
  }

  @Override
  public Stock evolve(Stock stock, StockEvent event) {
    return switch (event) {
      case StockReceived e -> stock.withReceived(e.quantity());
      case StockAdjusted e -> stock.withAdjusted(e.delta());
      case StockReserved e ->
          stock.withReserved(e.orderId(), new Reservation(e.quantity(), e.expiresAt()));
      case StockReservationRejected _ -> stock;
      case StockReservationExpired e -> stock.withExpired(e.orderId());
      case StockReleased e -> stock.withReleased(e.orderId());
      case StockCommitted e -> stock.withCommitted(e.orderId(), e.quantity());
      case StockCommitRejected _ -> stock;
      case StockReturned e -> stock.withReturned(e.orderId(), e.quantity());
      case StockStepRepeated _ -> stock;
      case StockLow _, StockOut _ -> stock;
    };
  }

  private static Decision<StockEvent> receive(ReceiveStock receive) {
    return AdjustmentRules.refusal(receive)
        .<Decision<StockEvent>>map(Decision::reject)
        .orElseGet(() ->
            Decision.accept(
                new StockReceived(receive.productId(), receive.quantity(), receive.now())));
  }

  private Decision<StockEvent> adjust(AdjustStock adjust, Stock stock) {
    return AdjustmentRules.refusal(adjust, stock)
        .<Decision<StockEvent>>map(Decision::reject)
        .orElseGet(() ->
            taking(
                new StockAdjusted(
                    adjust.productId(),
                    adjust.delta(),
                    adjust.reason(),
                    adjust.note().strip(),
                    adjust.now()),
                stock));
  }

  /// A fact that may take stock away, with what it makes of the thresholds.
  private Decision<StockEvent> taking(StockEvent fact, Stock before) {
    List<StockEvent> events = new ArrayList<>(3);
    events.add(fact);
    events.addAll(thresholds.crossed(fact, before.available(), evolve(before, fact).available()));
    return Decision.accept(events);
  }
}
