package io.kiroku.inventory;

import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import io.kiroku.inventory.Stock.Reservation;
import io.kiroku.inventory.StockCommand.CommitStock;
import io.kiroku.inventory.StockCommand.ReceiveStock;
import io.kiroku.inventory.StockCommand.ReleaseStock;
import io.kiroku.inventory.StockCommand.ReserveStock;
import io.kiroku.inventory.StockCommand.ReturnStock;
import io.kiroku.inventory.StockEvent.StockCommitRejected;
import io.kiroku.inventory.StockEvent.StockCommitted;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.inventory.StockEvent.StockReleased;
import io.kiroku.inventory.StockEvent.StockReservationRejected;
import io.kiroku.inventory.StockEvent.StockReserved;
import io.kiroku.inventory.StockEvent.StockReturned;
import io.kiroku.inventory.StockEvent.StockStepRepeated;

/// The rules of one product's stock.
public final class StockDecider implements Decider<StockCommand, Stock, StockEvent> {
  private static final long RECEIVED_AT_ONCE_MAX = 1_000_000;

  @Override
  public Stock initial() {
    return Stock.NONE;
  }

  @Override
  public Decision<StockEvent> decide(StockCommand command, Stock stock) {
    return switch (command) {
      case ReceiveStock receive -> receive(receive);
      case ReserveStock reserve -> Decision.accept(OrderRules.reserve(reserve, stock));
      case ReleaseStock release -> Decision.accept(OrderRules.release(release, stock));
      case CommitStock commit -> Decision.accept(OrderRules.commit(commit, stock));
      case ReturnStock giveBack -> Decision.accept(OrderRules.giveBack(giveBack, stock));
    };
  }

  @Override
  public Stock evolve(Stock stock, StockEvent event) {
    return switch (event) {
      case StockReceived e -> stock.withReceived(e.quantity());
      case StockReserved e ->
          stock.withReserved(e.orderId(), new Reservation(e.quantity(), e.expiresAt()));
      case StockReservationRejected _ -> stock;
      case StockReleased e -> stock.withReleased(e.orderId());
      case StockCommitted e -> stock.withCommitted(e.orderId(), e.quantity());
      case StockCommitRejected _ -> stock;
      case StockReturned e -> stock.withReturned(e.orderId(), e.quantity());
      case StockStepRepeated _ -> stock;
    };
  }

  private static Decision<StockEvent> receive(ReceiveStock receive) {
    if (receive.quantity() < 1 || receive.quantity() > RECEIVED_AT_ONCE_MAX) {
      return Decision.reject(StockRejection.QUANTITY_OUT_OF_RANGE);
    }
    if (!receive.productExists()) {
      return Decision.reject(StockRejection.PRODUCT_NOT_FOUND);
    }
    return Decision.accept(
        new StockReceived(receive.productId(), receive.quantity(), receive.now()));
  }
}
