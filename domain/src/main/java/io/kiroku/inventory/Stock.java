package io.kiroku.inventory;

import io.kiroku.shared.OrderId;
import java.time.Instant;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// The stock of one product. Every lookup and change takes O(log orders) at most: popular products
/// have streams of a hundred thousand orders.
///
/// @param received everything that ever came in
/// @param adjusted the sum of all corrections, up and down
/// @param reservedTotal the sum over `reserved`
/// @param committedTotal what left for good, less what came back
/// @param reserved who has something kept back
/// @param settled the last word on orders that were released, committed or returned, or whose
///   reservation expired; an order that was returned before it was committed may still have
///   something kept back
public record Stock(
    long received,
    long adjusted,
    long reservedTotal,
    long committedTotal,
    PMap<OrderId, Reservation> reserved,
    PMap<OrderId, Settled> settled) {
  public static final Stock NONE =
      new Stock(0, 0, 0, 0, HashTreePMap.empty(), HashTreePMap.empty());

  public record Reservation(long quantity, Instant expiresAt) {}

  /// The last word on an order.
  public sealed interface Settled {
    record Released() implements Settled {}

    record Committed(long quantity) implements Settled {}

    record Returned() implements Settled {}

    record Expired() implements Settled {}
  }

  /// What can still be reserved; never negative.
  public long available() {
    return received + adjusted - reservedTotal - committedTotal;
  }

  /// Whether there ever was any.
  boolean isKnown() {
    return received != 0 || adjusted != 0;
  }

  Stock withReceived(long quantity) {
    return new Stock(
        received + quantity, adjusted, reservedTotal, committedTotal, reserved, settled);
  }

  Stock withAdjusted(long delta) {
    return new Stock(received, adjusted + delta, reservedTotal, committedTotal, reserved, settled);
  }

  Stock withReserved(OrderId order, Reservation reservation) {
    Stock free = withoutReservation(order);
    return new Stock(
        received,
        adjusted,
        free.reservedTotal + reservation.quantity(),
        committedTotal,
        free.reserved.plus(order, reservation),
        settled);
  }

  /// The first word on an order that has nothing kept back stays: a stray release must not make a
  /// committed order forget what it took.
  Stock withReleased(OrderId order) {
    return reserved.containsKey(order) || !settled.containsKey(order)
        ? withoutReservation(order).settled(order, new Settled.Released(), 0)
        : this;
  }

  Stock withCommitted(OrderId order, long quantity) {
    return withoutReservation(order).settled(order, new Settled.Committed(quantity), quantity);
  }

  /// A reservation stays: giving it back is the release's work.
  Stock withReturned(OrderId order, long quantity) {
    return settled(order, new Settled.Returned(), -quantity);
  }

  /// An earlier last word stays: an order that was returned remains so.
  Stock withExpired(OrderId order) {
    Stock free = withoutReservation(order);
    return settled.containsKey(order) ? free : free.settled(order, new Settled.Expired(), 0);
  }

  private Stock settled(OrderId order, Settled outcome, long committed) {
    return new Stock(
        received,
        adjusted,
        reservedTotal,
        committedTotal + committed,
        reserved,
        settled.plus(order, outcome));
  }

  private Stock withoutReservation(OrderId order) {
    Reservation reservation = reserved.get(order);
    return reservation == null
        ? this
        : new Stock(
            received,
            adjusted,
            reservedTotal - reservation.quantity(),
            committedTotal,
            reserved.minus(order),
            settled);
  }
}
