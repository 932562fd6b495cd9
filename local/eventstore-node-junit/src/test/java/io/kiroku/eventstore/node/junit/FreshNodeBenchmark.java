package io.kiroku.eventstore.node.junit;

import java.util.Arrays;

/// Not a test: prints what a fresh node costs a test in a JVM that has had some.
final class FreshNodeBenchmark {
  private static final int WARM = 20;
  private static final int NODES = 50;

  private FreshNodeBenchmark() {}

  public static void main(String[] arguments) {
    run(WARM);
    System.out.printf("%-8s %8s %8s%n", "ms", "median", "longest");
    double[][] millis = run(NODES);
    print("start", millis[0]);
    print("close", millis[1]);
  }

  private static double[][] run(int count) {
    double[][] millis = new double[2][count];
    for (int i = 0; i < count; i++) {
      long begun = System.nanoTime();
      var node = io.kiroku.eventstore.node.EventStoreNode.inMemory().start();
      long started = System.nanoTime();
      node.close();
      millis[0][i] = (started - begun) / 1e6;
      millis[1][i] = (System.nanoTime() - started) / 1e6;
    }
    return millis;
  }

  private static void print(String what, double[] millis) {
    Arrays.sort(millis);
    System.out.printf(
        "%-8s %8.1f %8.1f%n", what, millis[millis.length / 2], millis[millis.length - 1]);
  }
}
