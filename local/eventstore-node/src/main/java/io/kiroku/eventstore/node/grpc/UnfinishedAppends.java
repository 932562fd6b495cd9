package io.kiroku.eventstore.node.grpc;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The appends whose clients have not said everything yet, and what they hold in memory together.
/// If that is too much, the one that takes longest gives way, so that slow senders keep nobody from
/// writing.
final class UnfinishedAppends {
  private final long bytesMax;
  private final Map<AppendCall, Long> sizes = new LinkedHashMap<>();
  private long bytes;

  UnfinishedAppends(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// Counts what a call holds now. Returns the call that is to give way, or null if there is room.
  synchronized @Nullable AppendCall holds(AppendCall call, long sizeBytes) {
    Long before = sizes.put(call, sizeBytes);
    bytes += sizeBytes - (before == null ? 0 : before);
    return bytes > bytesMax ? sizes.keySet().iterator().next() : null;
  }

  synchronized void finished(AppendCall call) {
    Long held = sizes.remove(call);
    bytes -= held == null ? 0 : held;
  }
}
