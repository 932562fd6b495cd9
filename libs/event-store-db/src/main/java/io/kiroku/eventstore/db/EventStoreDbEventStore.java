package io.kiroku.eventstore.db;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.StreamNotFoundException;
import com.eventstore.dbclient.WriteResult;
import com.eventstore.dbclient.WrongExpectedVersionException;
import io.kiroku.eventstore.Appended;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;

/// Streams in EventStoreDB.
public final class EventStoreDbEventStore implements EventStore {
  /// Long streams are read in pieces, so that the time a read may take has a bound.
  private static final long PIECE = 4_096;

  private final EventStoreDbConnection connection;
  private final Events events = new Events();

  public EventStoreDbEventStore(EventStoreDbConnection connection) {
    this.connection = connection;
  }

  @Override
  public Uni<List<RecordedEvent>> read(StreamId stream, long fromRevision, long most) {
    return Uni.createFrom().deferred(() -> readOn(stream, fromRevision, most, new ArrayList<>()));
  }

  private Uni<List<RecordedEvent>> readOn(
      StreamId stream, long from, long most, List<RecordedEvent> read) {
    long wanted = Math.min(PIECE, most - read.size());
    return piece(stream, from + read.size(), wanted)
        .flatMap(piece -> {
          piece.forEach(event -> read.add(events.recorded(event)));
          return piece.size() < wanted || read.size() == most
              ? Uni.createFrom().item(read)
              : readOn(stream, from, most, read);
        });
  }

  private Uni<List<ResolvedEvent>> piece(StreamId stream, long from, long count) {
    if (count == 0) {
      return Uni.createFrom().item(List.of());
    }
    ReadStreamOptions options =
        ReadStreamOptions.get().forwards().fromRevision(from).maxCount(count).notResolveLinkTos();
    return connection
        .call(client -> client.readStream(stream.value(), options))
        .map(result -> result.getEvents())
        .onFailure(StreamNotFoundException.class)
        .recoverWithItem(List.of());
  }

  @Override
  public Uni<Appended> append(StreamId stream, long expectedRevision, List<NewEvent> newEvents) {
    AppendToStreamOptions options =
        AppendToStreamOptions.get()
            .expectedRevision(
                expectedRevision == NO_STREAM
                    ? ExpectedRevision.noStream()
                    : ExpectedRevision.expectedRevision(expectedRevision));
    return connection
        .call(client -> {
          List<EventData> data = newEvents.stream().map(events::data).toList();
          return client.appendToStream(stream.value(), options, data.iterator());
        })
        .map(EventStoreDbEventStore::appended)
        .onFailure(WrongExpectedVersionException.class)
        .transform(_ -> new ConcurrencyConflict(stream, expectedRevision));
  }

  private static Appended appended(WriteResult result) {
    return new Appended(
        result.getNextExpectedRevision().toRawLong(), result.getLogPosition().getCommitUnsigned());
  }
}
