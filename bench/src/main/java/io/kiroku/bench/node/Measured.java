package io.kiroku.bench.node;

import java.util.List;
import java.util.concurrent.Callable;

/// A load with what it cost.
record Measured(Rate rate, Cost cost) {

  /// @param databases pids of the servers behind the node
  static Measured of(Callable<Rate> load, NodeProcess node, List<Long> databases) throws Exception {
    Cost before = Cost.soFar(node, databases);
    Rate rate = load.call();
    return new Measured(rate, Cost.soFar(node, databases).minus(before));
  }

  /// Two of the same length.
  static Measured mean(List<Measured> two) {
    Measured first = two.getFirst();
    Measured second = two.getLast();
    return new Measured(first.rate.and(second.rate), first.cost.and(second.cost));
  }

  String perSecond() {
    return "%,.0f".formatted(rate.perSecond());
  }

  String millisAt(double share) {
    return "%.2f".formatted(rate.millisAt(share));
  }

  /// Microseconds of each call.
  String micros(long millis) {
    return "%.0f".formatted(millis * 1e3 / rate.samples().count());
  }
}
