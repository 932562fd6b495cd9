package io.kiroku.bench.readside;

import io.kiroku.eventstore.Appended;
import io.kiroku.eventstore.EventFeeds;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.EventSources;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/// A log that costs nothing to read. Positions are places in the list; nothing comes behind its
/// end.
record MemoryLog(List<RecordedEvent> events) implements EventLog, EventFeeds, EventStore {
  EventSources sources() {
    return new EventSources(this, this, this);
  }

  @Override
  public Uni<Long> head() {
    return Uni.createFrom().item(events.size() - 1L);
  }

  @Override
  public Uni<List<RecordedEvent>> read(long afterPosition, int most) {
    return Uni.createFrom().item(slice(afterPosition + 1, most));
  }

  private List<RecordedEvent> slice(long from, int most) {
    int begin = Math.toIntExact(from);
    return events.subList(begin, Math.min(events.size(), begin + most));
  }

  @Override
  public Uni<List<RecordedEvent>> readBackwards(long beforePosition, int most) {
    return Uni.createFrom().item(List.of());
  }

  @Override
  public LogCursor open(long afterPosition, Set<String> streamPrefixes) {
    return new LogCursor() {
      private long seen = afterPosition;

      @Override
      public Uni<LogBatch> next(int most) {
        return Uni.createFrom()
            .deferred(() -> {
              List<RecordedEvent> batch = slice(seen + 1, most);
              if (batch.isEmpty()) {
                return Uni.createFrom().nothing();
              }
              seen = batch.getLast().position();
              return Uni.createFrom().item(new LogBatch(batch, seen));
            });
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Uni<Void> ensure(String group, Set<String> streamPrefixes) {
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> remove(String group) {
    return Uni.createFrom().voidItem();
  }

  @Override
  public FeedCursor open(String group) {
    return new FeedCursor() {
      @Override
      public Uni<List<RecordedEvent>> next(int most) {
        return Uni.createFrom().nothing();
      }

      @Override
      public void ack(List<RecordedEvent> events) {}

      @Override
      public void close() {}
    };
  }

  @Override
  public Uni<List<RecordedEvent>> read(StreamId stream, long fromRevision, long most) {
    return Uni.createFrom().item(List.of());
  }

  @Override
  public Uni<Appended> append(StreamId stream, long expectedRevision, List<NewEvent> events) {
    return Uni.createFrom().failure(new UnsupportedOperationException("read only"));
  }
}
