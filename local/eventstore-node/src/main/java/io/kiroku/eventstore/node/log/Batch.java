package io.kiroku.eventstore.node.log;

import io.kiroku.eventstore.node.log.LogRecord.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The writes of one commit: what the log would be if it succeeds. Dropped without a trace if not.
final class Batch {
  private final Views views;
  private final RecentIds ids;
  private final long createdTicks;
  private final List<LogRecord> records = new ArrayList<>();
  private final Map<String, StreamTail> tails = new HashMap<>();
  private final Map<String, LogRecord> metadata = new HashMap<>();

  Batch(Views views, RecentIds ids) {
    this.views = views;
    this.ids = ids;
    createdTicks = views.nowTicks();
  }

  List<LogRecord> records() {
    return records;
  }

  StreamTail tail(String stream) {
    StreamTail pending = tails.get(stream);
    return pending != null ? pending : views.tail(stream);
  }

  /// The last event of the stream's metadata stream.
  @Nullable LogRecord metadataRecord(String stream) {
    LogRecord pending = metadata.get(stream);
    return pending != null ? pending : views.metadataRecord(stream);
  }

  StreamMetadata metadata(String stream) {
    LogRecord record = metadata.get(stream);
    return record != null ? StreamMetadata.of(record) : views.metadata(stream);
  }

  @Nullable LogRecord byId(String stream, UUID id) {
    for (int i = records.size() - 1; i >= 0; i--) {
      LogRecord record = records.get(i);
      if (record.id().equals(id) && record.stream().equals(stream)) {
        return record;
      }
    }
    return ids.find(stream, id);
  }

  /// The record at the revision, which must exist.
  LogRecord at(String stream, long revision) {
    StreamTail tail = tail(stream);
    return tail.covers(revision)
        ? tail.at(revision)
        : views.readStream(stream, revision, 1).getFirst();
  }

  /// Position of the last record so far.
  long lastPosition() {
    return views.end() + records.size() - 1;
  }

  LogRecord write(String stream, Event event) {
    return write(stream, event, tail(stream).last() + 1);
  }

  LogRecord write(String stream, Event event, long revision) {
    LogRecord record = new LogRecord(lastPosition() + 1, stream, revision, event, createdTicks);
    records.add(record);
    tails.put(stream, tail(stream).with(record));
    if (Streams.isMetadata(stream)) {
      metadata.put(Streams.subject(stream), record);
    }
    return record;
  }
}
