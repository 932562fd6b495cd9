package io.kiroku.eventstore.db;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.StreamMetadata;
import com.eventstore.dbclient.StreamNotFoundException;
import com.eventstore.dbclient.WriteResult;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.SnapshotStore;
import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import java.util.List;

/// Snapshots in streams of EventStoreDB that hold a bounded number of events.
public final class EventStoreDbSnapshotStore implements SnapshotStore {
  /// The newest snapshot, however big, and the one before it.
  private static final long EVENTS_KEPT = 2 * PARTS_MAX;

  private final EventStoreDbConnection connection;
  private final Events events = new Events();

  public EventStoreDbSnapshotStore(EventStoreDbConnection connection) {
    this.connection = connection;
  }

  @Override
  public Uni<List<RecordedEvent>> latest(StreamId stream, int most) {
    ReadStreamOptions options =
        ReadStreamOptions.get().backwards().fromEnd().maxCount(most).notResolveLinkTos();
    return connection
        .call(client -> client.readStream(stream.value(), options))
        .map(result -> result.getEvents().stream().map(events::recorded).toList())
        .onFailure(StreamNotFoundException.class)
        .recoverWithItem(List.of());
  }

  @Override
  public Uni<Void> put(StreamId stream, List<NewEvent> parts) {
    AppendToStreamOptions options =
        AppendToStreamOptions.get().expectedRevision(ExpectedRevision.any());
    return connection
        .call(client -> {
          List<EventData> data = parts.stream().map(events::data).toList();
          return client.appendToStream(stream.value(), options, data.iterator());
        })
        .flatMap(written ->
            isFirst(written, parts) ? boundedFromNowOn(stream) : Uni.createFrom().voidItem());
  }

  private static boolean isFirst(WriteResult written, List<NewEvent> parts) {
    return written.getNextExpectedRevision().toRawLong() == parts.size() - 1;
  }

  /// https://developers.eventstore.com/server/v24.10/features/streams.html#max-count
  private Uni<Void> boundedFromNowOn(StreamId stream) {
    StreamMetadata metadata = new StreamMetadata();
    metadata.setMaxCount(EVENTS_KEPT);
    return connection
        .call(client -> client.setStreamMetadata(stream.value(), metadata))
        .replaceWithVoid();
  }
}
