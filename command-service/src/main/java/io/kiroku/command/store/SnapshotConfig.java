package io.kiroku.command.store;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/// Which streams get snapshots, and how often.
@ConfigMapping(prefix = "kiroku.snapshots")
interface SnapshotConfig {
  /// Events between two snapshots, by category; a category that is not named, or has 0, gets none.
  /// Only for streams that grow long: each load of such a stream asks for its snapshot first.
  Map<String, Integer> everyEvents();
}
