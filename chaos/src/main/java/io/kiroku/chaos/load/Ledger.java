package io.kiroku.chaos.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What customers and staff know to be accepted. Thread-safe.
public final class Ledger {
  private final List<Accepted> orders = new ArrayList<>();
  private final Map<String, Long> received = new LinkedHashMap<>();
  private final Set<String> returned = new HashSet<>();
  private int waiting;
  private long repetitions;

  synchronized void begun() {
    waiting++;
  }

  synchronized void ended() {
    waiting--;
  }

  synchronized void accepted(Accepted order) {
    orders.add(order);
  }

  synchronized void received(String product, long pieces) {
    received.merge(product, pieces, Long::sum);
  }

  synchronized void returned(String orderId) {
    returned.add(orderId);
  }

  synchronized void repeated() {
    repetitions++;
  }

  public synchronized List<Accepted> orders() {
    return List.copyOf(orders);
  }

  /// Pieces by product, without those that the shop was opened with.
  public synchronized Map<String, Long> received() {
    return Map.copyOf(received);
  }

  /// Orders whose goods came back to the shop.
  public synchronized Set<String> returned() {
    return Set.copyOf(returned);
  }

  /// Commands of which nobody knows yet whether they are accepted.
  public synchronized int waiting() {
    return waiting;
  }

  /// How often a command was sent again under its key.
  public synchronized long repetitions() {
    return repetitions;
  }
}
