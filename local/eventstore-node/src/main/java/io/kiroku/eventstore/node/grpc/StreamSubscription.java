package io.kiroku.eventstore.node.grpc;

import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.PageSize;
import io.kiroku.eventstore.node.log.StreamMetadata;
import io.kiroku.eventstore.node.log.Streams;
import java.util.List;

/// A catch-up subscription to one stream: a cursor over its revisions that waits at its end.
final class StreamSubscription implements Runnable {
  private final EventLog log;
  private final Sink sink;
  private final StreamEvents events;
  private final String stream;
  private final long from;
  private final PageSize pageSize = new PageSize();
  private long next;
  private boolean live;

  /// @param from exclusive; see [ReadRequests#START] and [ReadRequests#END]
  StreamSubscription(EventLog log, Sink sink, StreamEvents events, String stream, long from) {
    this.log = log;
    this.sink = sink;
    this.events = events;
    this.stream = stream;
    this.from = from;
  }

  @Override
  public void run() {
    try (AutoCloseable _ = log.onRecords(stream, sink.waker()::wake)) {
      long last = log.lastRevision(stream);
      if (log.lastRevision(Streams.subject(stream)) == Streams.TOMBSTONE) {
        throw Errors.streamDeleted(stream);
      }
      next = from == ReadRequests.END ? last + 1 : from + 1;
      Live.run(sink, this::step);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean step() {
    StreamMetadata metadata = live ? StreamMetadata.NONE : skipHidden();
    List<LogRecord> page = log.readStream(stream, next, pageSize.records());
    pageSize.learn(page);
    return page.isEmpty() ? pause() : send(page, metadata);
  }

  /// Passes over what readers do not see any more, without reading it.
  private StreamMetadata skipHidden() {
    long last = log.lastRevision(stream); // before the metadata, which must not be older
    StreamMetadata metadata = log.metadata(stream);
    if (last != Streams.TOMBSTONE) {
      next = Math.max(next, Math.min(metadata.firstRevision(last), last + 1));
    }
    return metadata;
  }

  private boolean send(List<LogRecord> page, StreamMetadata metadata) {
    long now = log.nowTicks();
    for (LogRecord record : page) {
      if (!metadata.expired(record, now) && !sink.send(events.render(record))) {
        return false;
      }
      if (record.revision() == Streams.TOMBSTONE) {
        throw Errors.streamDeleted(stream);
      }
      next = record.revision() + 1;
    }
    live = live && log.inMemory(stream, next);
    return sink.open();
  }

  private boolean pause() {
    if (!live) {
      live = true;
      return sink.send(Live.caughtUpWithStream(next - 1));
    }
    sink.waker().await();
    return sink.open();
  }
}
