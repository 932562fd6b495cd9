package io.kiroku.inventory;

import io.kiroku.shared.OrderId;
import java.time.Instant;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// The stock of one product. Every lookup and change takes O(log orders) at most: popular products
/// have streams of a hundred thousand orders.
///
/// @param received everything that ever came in
/// @param reservedTotal the sum over `reserved`
/// @param committedTotal what left for good, less what came back
/// @param reserved who has something kept back
/// @param settled what became of the orders that have nothing kept back any more
public record Stock(
    long received,
    long reservedTotal,
    long committedTotal,
    PMap<OrderId, Reservation> reserved,
    PMap<OrderId, Settled> settled) {
  public static final Stock NONE = new Stock(0, 0, 0, HashTreePMap.empty(), HashTreePMap.empty());

  public record Reservation(long quantity, Instant expiresAt) {}

  /// The last word on an order.
  public sealed interface Settled {
    record Released() implements Settled {}

    record Committed(long quantity) implements Settled {}

    record Returned() implements Settled {}
  }

  /// What can still be reserved; never negative.
  public long available() {
    return received - reservedTotal - committedTotal;
  }
}
