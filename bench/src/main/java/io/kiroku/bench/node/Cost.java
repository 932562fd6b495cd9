package io.kiroku.bench.node;

import io.kiroku.bench.ProcessCpu;
import java.util.List;

/// Processor time of everybody who takes part in something.
///
/// @param clientMillis this program with what it started, but for the node
record Cost(long nodeMillis, long databaseMillis, long clientMillis) {

  /// Since they began.
  static Cost soFar(NodeProcess node, List<Long> databases) {
    long ofNode = ProcessCpu.millis(List.of(node.pid()));
    long ofSelf = ProcessCpu.millis(List.of(ProcessHandle.current().pid()));
    return new Cost(ofNode, ProcessCpu.millis(databases), ofSelf - ofNode);
  }

  Cost minus(Cost before) {
    return new Cost(
        nodeMillis - before.nodeMillis,
        databaseMillis - before.databaseMillis,
        clientMillis - before.clientMillis);
  }

  Cost and(Cost other) {
    return new Cost(
        nodeMillis + other.nodeMillis,
        databaseMillis + other.databaseMillis,
        clientMillis + other.clientMillis);
  }
}
