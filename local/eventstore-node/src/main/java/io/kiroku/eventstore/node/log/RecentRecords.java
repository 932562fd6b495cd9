package io.kiroku.eventstore.node.log;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The latest records by position, bounded in number and in bytes, so that live readers and those
/// shortly behind never ask the storage. One thread adds, any reads.
final class RecentRecords {
  private final AtomicReferenceArray<@Nullable LogRecord> slots;
  private final int mask;
  private final long bytesMax;
  private long bytes;
  private long first;
  private long next;

  /// @param countMax a power of two
  RecentRecords(int countMax, long bytesMax) {
    slots = new AtomicReferenceArray<>(countMax);
    mask = countMax - 1;
    this.bytesMax = bytesMax;
  }

  /// Forgets everything; the next record added is at `position`.
  void startAt(long position) {
    while (first < next) {
      evictFirst();
    }
    first = position;
    next = position;
  }

  void add(LogRecord record) {
    if (next - first > mask) {
      evictFirst();
    }
    slots.set((int) record.position() & mask, record);
    bytes += record.sizeBytes();
    next = record.position() + 1;
    while (bytes > bytesMax && first < next - 1) {
      evictFirst();
    }
  }

  private void evictFirst() {
    LogRecord evicted = slots.getAndSet((int) first & mask, null);
    bytes -= evicted == null ? 0 : evicted.sizeBytes();
    first++;
  }

  /// The record at the position, or null if it is not (or no longer) here.
  @Nullable LogRecord at(long position) {
    LogRecord record = slots.get((int) position & mask);
    return record != null && record.position() == position ? record : null;
  }
}
