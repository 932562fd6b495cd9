package io.kiroku.eventstore.node.log;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// The tails of the streams used last, bounded in bytes. Readers fill it from the storage, the
/// writer moves it on; versions keep a slow reader from putting back what was true before a write.
final class StreamCache {
  private static final int STRIPES = 4096;

  private final long bytesMax;
  private final AtomicLongArray versions = new AtomicLongArray(STRIPES);
  private final Map<String, StreamTail> tails = new LinkedHashMap<>(1024, 0.75f, true);
  private long bytes;

  StreamCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  synchronized @Nullable StreamTail get(String stream) {
    return tails.get(stream);
  }

  /// To be taken before the storage is read, and given to [#put] with what was read.
  long version(String stream) {
    return versions.get(stripe(stream));
  }

  synchronized void put(String stream, StreamTail tail, long version) {
    if (versions.get(stripe(stream)) == version) {
      set(stream, tail);
    }
  }

  /// Makes a committed record known.
  synchronized void publish(LogRecord record) {
    versions.incrementAndGet(stripe(record.stream()));
    StreamTail tail = tails.get(record.stream());
    if (tail != null) {
      set(record.stream(), tail.with(record));
    } else if (record.revision() == 0) {
      set(record.stream(), StreamTail.of(record));
    }
  }

  synchronized void clear() {
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      versions.incrementAndGet(stripe);
    }
    tails.clear();
    bytes = 0;
  }

  private void set(String stream, StreamTail tail) {
    StreamTail old = tails.put(stream, tail);
    bytes += tail.sizeBytes() - (old == null ? 0 : old.sizeBytes());
    Iterator<StreamTail> eldest = tails.values().iterator();
    while (bytes > bytesMax && tails.size() > 1) {
      bytes -= eldest.next().sizeBytes();
      eldest.remove();
    }
  }

  private static int stripe(String stream) {
    return stream.hashCode() & (STRIPES - 1);
  }
}
