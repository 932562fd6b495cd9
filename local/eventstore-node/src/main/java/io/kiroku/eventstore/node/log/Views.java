package io.kiroku.eventstore.node.log;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the log looks like up to its last published record: from memory where it is recent, from
/// the storage where it is not. The writer publishes, any thread reads; reads may block.
final class Views {
  /// So that a log of big events does not fill the memory at start.
  private static final int LOAD_PAGE = 512;

  private final LogStorage storage;
  private final Limits limits;
  private final InstantSource clock;
  private final RecentRecords recent;
  private final StreamCache streams;
  private final Map<String, Known> metadata = new ConcurrentHashMap<>();
  private volatile long end;

  private record Known(LogRecord record, StreamMetadata parsed) {}

  Views(LogStorage storage, Limits limits, InstantSource clock) {
    this.storage = storage;
    this.limits = limits;
    this.clock = clock;
    recent = new RecentRecords(limits.recentRecordsMax(), limits.recentBytesMax());
    streams = new StreamCache(limits.streamBytesMax());
  }

  long nowTicks() {
    return Ticks.of(clock);
  }

  long end() {
    return end;
  }

  /// Starts, or starts again, from what is stored up to `storedEnd`; returns the latest records.
  List<LogRecord> load(long storedEnd) {
    List<LogRecord> latest = latest(storedEnd);
    streams.clear();
    recent.startAt(storedEnd - latest.size());
    storage.metadata().forEach(this::learnMetadata);
    latest.forEach(recent::add);
    end = storedEnd;
    return latest;
  }

  /// The latest records, oldest first, as many as may be kept.
  private List<LogRecord> latest(long storedEnd) {
    List<LogRecord> latest = new ArrayList<>();
    long bytes = 0;
    long first = storedEnd;
    while (first > 0
        && latest.size() < limits.recentRecordsMax()
        && bytes < limits.recentBytesMax()) {
      int count = Math.min(LOAD_PAGE, limits.recentRecordsMax() - latest.size());
      List<LogRecord> page = storage.readBackwards(first, count);
      bytes += page.stream().mapToLong(LogRecord::sizeBytes).sum();
      latest.addAll(page);
      first = page.getLast().position();
    }
    return latest.reversed();
  }

  /// Drops what is remembered of streams, because somebody else may have written.
  void forgetStreams() {
    streams.clear();
  }

  /// Makes committed records known to readers; there is at least one. Metadata come first: whoever
  /// sees the event that brought a deleted stream back must not take the stream for deleted.
  void publish(List<LogRecord> records) {
    for (LogRecord record : records) {
      if (Streams.isMetadata(record.stream())) {
        learnMetadata(record);
      }
    }
    for (LogRecord record : records) {
      recent.add(record);
      streams.publish(record);
    }
    end = records.getLast().position() + 1;
  }

  private void learnMetadata(LogRecord record) {
    Known known = new Known(record, StreamMetadata.of(record));
    metadata.put(Streams.subject(record.stream()), known);
  }

  @Nullable LogRecord metadataRecord(String stream) {
    Known known = metadata.get(stream);
    return known == null ? null : known.record();
  }

  StreamMetadata metadata(String stream) {
    if (Streams.isMetadata(stream)) {
      return StreamMetadata.OF_METADATA_STREAM;
    }
    Known known = metadata.get(stream);
    return known == null ? StreamMetadata.NONE : known.parsed();
  }

  StreamTail tail(String stream) {
    StreamTail cached = streams.get(stream);
    if (cached != null) {
      return cached;
    }
    long version = streams.version(stream);
    StreamTail loaded = StreamTail.of(storage.lastOf(List.of(stream)).toArray(LogRecord[]::new));
    streams.put(stream, loaded, version);
    return loaded;
  }

  /// The tail if it is in memory.
  @Nullable StreamTail cachedTail(String stream) {
    return streams.get(stream);
  }

  /// Loads the tails that are not in memory with one question to the storage.
  void loadTails(Collection<String> names) {
    List<String> missing = names.stream().filter(name -> streams.get(name) == null).toList();
    if (missing.isEmpty()) {
      return;
    }
    List<Long> versions = missing.stream().map(streams::version).toList();
    Map<String, LogRecord> last = new ConcurrentHashMap<>();
    storage.lastOf(missing).forEach(record -> last.put(record.stream(), record));
    for (int i = 0; i < missing.size(); i++) {
      LogRecord record = last.get(missing.get(i));
      StreamTail tail = record == null ? StreamTail.EMPTY : StreamTail.of(record);
      streams.put(missing.get(i), tail, versions.get(i));
    }
  }

  List<LogRecord> read(long position, int countMax) {
    long known = end;
    int count = (int) Math.min(countMax, known - position);
    if (count <= 0) {
      return List.of();
    }
    List<LogRecord> records = new ArrayList<>(count);
    LogRecord record = recent.at(position);
    while (record != null && records.size() < count) {
      records.add(record);
      record = recent.at(position + records.size());
    }
    return records.isEmpty() ? storage.read(position, count) : records;
  }

  /// The records at these positions, by position.
  Map<Long, LogRecord> at(Collection<Long> positions) {
    Map<Long, LogRecord> found = new HashMap<>();
    List<Long> missing = new ArrayList<>();
    for (Long position : positions) {
      LogRecord record = recent(position);
      if (record == null) {
        missing.add(position);
      } else {
        found.put(position, record);
      }
    }
    if (!missing.isEmpty()) {
      storage.readAt(missing).forEach(record -> found.put(record.position(), record));
    }
    return found;
  }

  /// The record if it is in memory.
  @Nullable LogRecord recent(long position) {
    return position < end ? recent.at(position) : null;
  }

  List<LogRecord> readBackwards(long position, int countMax) {
    int count = (int) Math.min(countMax, position);
    List<LogRecord> records = new ArrayList<>(Math.max(0, count));
    while (records.size() < count) {
      LogRecord record = recent.at(position - 1 - records.size());
      if (record == null) {
        break;
      }
      records.add(record);
    }
    return records.isEmpty() && count > 0 ? storage.readBackwards(position, count) : records;
  }

  List<LogRecord> readStream(String stream, long revision, int countMax) {
    StreamTail tail = covering(stream, revision);
    if (revision > tail.last()) {
      return List.of();
    }
    if (!tail.covers(revision)) {
      return storage.readStream(stream, revision, countMax);
    }
    int count = (int) Math.min(countMax, tail.last() - revision + 1);
    List<LogRecord> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      records.add(tail.at(revision + i));
    }
    return records;
  }

  List<LogRecord> readStreamBackwards(String stream, long revision, int countMax) {
    StreamTail tail = covering(stream, revision);
    long from = Math.min(revision, tail.last());
    List<LogRecord> records = new ArrayList<>();
    for (long at = from; at >= 0 && tail.covers(at) && records.size() < countMax; at--) {
      records.add(tail.at(at));
    }
    return records.isEmpty() && from >= 0
        ? storage.readStreamBackwards(stream, from, countMax)
        : records;
  }

  /// The tail, filled up from the storage if the revision is one that it can hold.
  private StreamTail covering(String stream, long revision) {
    StreamTail tail = tail(stream);
    long first = Math.max(0, tail.last() - StreamTail.RECORDS_MAX + 1);
    if (tail.tombstoned() || revision > tail.last() || revision < first || tail.covers(revision)) {
      return tail;
    }
    long version = streams.version(stream);
    List<LogRecord> latest =
        storage.readStreamBackwards(stream, tail.last(), StreamTail.RECORDS_MAX).reversed();
    StreamTail filled = StreamTail.of(latest.toArray(LogRecord[]::new));
    streams.put(stream, filled, version);
    return filled;
  }
}
