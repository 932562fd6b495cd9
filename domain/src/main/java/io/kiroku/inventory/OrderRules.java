package io.kiroku.inventory;

import io.kiroku.decider.Decision;
import io.kiroku.inventory.Stock.Reservation;
import io.kiroku.inventory.Stock.Settled.Committed;
import io.kiroku.inventory.Stock.Settled.Expired;
import io.kiroku.inventory.Stock.Settled.Released;
import io.kiroku.inventory.Stock.Settled.Returned;
import io.kiroku.inventory.StockCommand.CommitStock;
import io.kiroku.inventory.StockCommand.ExpireReservation;
import io.kiroku.inventory.StockCommand.ReleaseStock;
import io.kiroku.inventory.StockCommand.ReserveStock;
import io.kiroku.inventory.StockCommand.ReturnStock;
import io.kiroku.inventory.StockEvent.StockCommitRejected;
import io.kiroku.inventory.StockEvent.StockCommitted;
import io.kiroku.inventory.StockEvent.StockReleased;
import io.kiroku.inventory.StockEvent.StockReservationExpired;
import io.kiroku.inventory.StockEvent.StockReservationRejected;
import io.kiroku.inventory.StockEvent.StockReserved;
import io.kiroku.inventory.StockEvent.StockReturned;
import io.kiroku.inventory.StockEvent.StockStepRepeated;
import java.util.Optional;

/// What an order may do with the stock. The commands may come late, twice and in any order; each
/// records one fact, and whatever undoes an order wins over whatever of it comes later.
final class OrderRules {
  private OrderRules() {}

  static StockEvent reserve(ReserveStock reserve, Stock stock) {
    return switch (stock.settled().get(reserve.orderId())) {
      case Committed _ -> repeated(reserve);
      case Released _, Returned _ -> rejected(reserve, StockRejection.RESERVATION_ALREADY_RELEASED);
      case Expired _ -> rejected(reserve, StockRejection.RESERVATION_EXPIRED);
      case null ->
          stock.reserved().containsKey(reserve.orderId())
              ? repeated(reserve)
              : fresh(reserve, stock);
    };
  }

  static StockEvent release(ReleaseStock release, Stock stock) {
    var product = release.productId();
    var order = release.orderId();
    Reservation reservation = stock.reserved().get(order);
    if (reservation != null) {
      return new StockReleased(product, order, reservation.quantity(), release.now());
    }
    return switch (stock.settled().get(order)) {
      case Released _, Returned _ ->
          new StockStepRepeated(product, order, StockStep.RELEASE, release.now());
      case Committed _, Expired _ -> new StockReleased(product, order, 0, release.now());
      case null -> new StockReleased(product, order, 0, release.now());
    };
  }

  static StockEvent commit(CommitStock commit, Stock stock) {
    var product = commit.productId();
    var order = commit.orderId();
    return switch (stock.settled().get(order)) {
      case Committed _ -> new StockStepRepeated(product, order, StockStep.COMMIT, commit.now());
      case Released _, Returned _ -> notCommitted(commit, StockRejection.NOT_RESERVED);
      case Expired _ -> notCommitted(commit, StockRejection.RESERVATION_EXPIRED);
      case null -> {
        Reservation reservation = stock.reserved().get(order);
        yield reservation == null
            ? notCommitted(commit, StockRejection.NOT_RESERVED)
            : new StockCommitted(product, order, reservation.quantity(), commit.now());
      }
    };
  }

  static StockEvent giveBack(ReturnStock giveBack, Stock stock) {
    var product = giveBack.productId();
    var order = giveBack.orderId();
    return switch (stock.settled().get(order)) {
      case Committed(var quantity) -> new StockReturned(product, order, quantity, giveBack.now());
      case Returned _ -> new StockStepRepeated(product, order, StockStep.RETURN, giveBack.now());
      case Released _, Expired _ -> new StockReturned(product, order, 0, giveBack.now());
      case null -> new StockReturned(product, order, 0, giveBack.now());
    };
  }

  static Decision<StockEvent> expire(ExpireReservation expire, Stock stock) {
    Reservation reservation = stock.reserved().get(expire.orderId());
    if (reservation == null) {
      return Decision.accept();
    }
    return expire.now().isBefore(reservation.expiresAt())
        ? Decision.reject(StockRejection.RESERVATION_NOT_EXPIRED)
        : Decision.accept(
            new StockReservationExpired(
                expire.productId(), expire.orderId(), reservation.quantity(), expire.now()));
  }

  private static StockEvent fresh(ReserveStock reserve, Stock stock) {
    return refusal(reserve, stock)
        .map(reason -> rejected(reserve, reason))
        .orElseGet(() ->
            new StockReserved(
                reserve.productId(),
                reserve.orderId(),
                reserve.quantity(),
                reserve.expiresAt(),
                reserve.now()));
  }

  private static Optional<StockRejection> refusal(ReserveStock reserve, Stock stock) {
    if (!stock.isKnown()) {
      return Optional.of(StockRejection.PRODUCT_NOT_FOUND);
    }
    if (reserve.quantity() < 1) {
      return Optional.of(StockRejection.QUANTITY_OUT_OF_RANGE);
    }
    if (!reserve.now().isBefore(reserve.expiresAt())) {
      return Optional.of(StockRejection.RESERVATION_EXPIRED);
    }
    return reserve.quantity() > stock.available()
        ? Optional.of(StockRejection.INSUFFICIENT_STOCK)
        : Optional.empty();
  }

  private static StockEvent rejected(ReserveStock reserve, StockRejection reason) {
    return new StockReservationRejected(
        reserve.productId(), reserve.orderId(), reserve.quantity(), reason.code(), reserve.now());
  }

  private static StockEvent notCommitted(CommitStock commit, StockRejection reason) {
    return new StockCommitRejected(
        commit.productId(), commit.orderId(), reason.code(), commit.now());
  }

  private static StockEvent repeated(ReserveStock reserve) {
    return new StockStepRepeated(
        reserve.productId(), reserve.orderId(), StockStep.RESERVE, reserve.now());
  }
}
