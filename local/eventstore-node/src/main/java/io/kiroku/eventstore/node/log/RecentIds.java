package io.kiroku.eventstore.node.log;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ids of the latest events with their records, by which a repeated append without an expected
/// revision is known. Only the writer uses it.
final class RecentIds {
  private final int countMax;
  private final Map<Key, LogRecord> records = new HashMap<>();
  private final ArrayDeque<LogRecord> order = new ArrayDeque<>();

  RecentIds(int countMax) {
    this.countMax = countMax;
  }

  void add(LogRecord record) {
    records.put(new Key(record.stream(), record.id()), record);
    order.add(record);
    if (order.size() > countMax) {
      LogRecord oldest = order.remove();
      records.remove(new Key(oldest.stream(), oldest.id()), oldest);
    }
  }

  @Nullable LogRecord find(String stream, UUID id) {
    return records.get(new Key(stream, id));
  }

  void clear() {
    records.clear();
    order.clear();
  }

  private record Key(String stream, UUID id) {}
}
