package io.kiroku.eventstore.node.groups;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/// How long a consumer took for its latest messages, in milliseconds. Guarded by its group.
final class Timings {
  private static final int LATEST_MAX = 1000;
  private static final int QUINTILES = 5;

  private final Queue<Long> latest = new ArrayDeque<>();

  void add(long millis) {
    if (latest.size() >= LATEST_MAX) {
      latest.remove();
    }
    latest.add(millis);
  }

  /// Empty if nothing was measured yet.
  List<Measurement> measurements() {
    if (latest.isEmpty()) {
      return List.of();
    }
    long[] sorted = latest.stream().mapToLong(Long::longValue).sorted().toArray();
    long sum = latest.stream().mapToLong(Long::longValue).sum();
    List<Measurement> found = new ArrayList<>();
    found.add(new Measurement("Mean", sum / sorted.length));
    found.add(new Measurement("Median", sorted[sorted.length / 2]));
    found.add(new Measurement("Fastest", sorted[0]));
    for (int i = 0; i < QUINTILES; i++) {
      found.add(new Measurement("Quintile " + (i + 1), permille(sorted, i * 1000 / QUINTILES)));
    }
    found.add(new Measurement("90%", permille(sorted, 900)));
    found.add(new Measurement("95%", permille(sorted, 950)));
    found.add(new Measurement("99%", permille(sorted, 990)));
    found.add(new Measurement("99.5%", permille(sorted, 995)));
    found.add(new Measurement("99.9%", permille(sorted, 999)));
    found.add(new Measurement("Highest", sorted[sorted.length - 1]));
    return List.copyOf(found);
  }

  private static long permille(long[] sorted, int permille) {
    return sorted[permille * sorted.length / 1000];
  }
}
