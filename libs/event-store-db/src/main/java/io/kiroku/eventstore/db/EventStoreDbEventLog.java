package io.kiroku.eventstore.db;

import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.ResolvedEvent;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.RecordedEvent;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `$all` in EventStoreDB. Positions are commit positions; every event has one of its own.
public final class EventStoreDbEventLog implements EventLog {
  /// System events in between may need more than one piece.
  private static final int PIECE_MIN = 32;

  private static final int PIECE_MAX = 4_096;

  private final EventStoreDbConnection connection;
  private final Events events = new Events();

  public EventStoreDbEventLog(EventStoreDbConnection connection) {
    this.connection = connection;
  }

  @Override
  public Uni<Long> head() {
    return readBackwards(Long.MAX_VALUE, 1)
        .map(latest -> latest.isEmpty() ? START : latest.getFirst().position());
  }

  /// Position of the last event of any kind, those of the store itself included.
  Uni<Long> end() {
    return piece(ReadAllOptions.get().backwards().fromEnd().maxCount(1))
        .map(latest -> latest.isEmpty() ? START : Events.position(latest.getFirst()));
  }

  @Override
  public Uni<List<RecordedEvent>> read(long afterPosition, int most) {
    return Uni.createFrom().deferred(() -> readOn(afterPosition, most, new ArrayList<>()));
  }

  private Uni<List<RecordedEvent>> readOn(long after, int most, List<RecordedEvent> read) {
    // Reading forwards includes the position itself.
    int count = Math.clamp(most - read.size() + 1, PIECE_MIN, PIECE_MAX);
    ReadAllOptions options = ReadAllOptions.get().forwards().maxCount(count);
    options = after == START ? options.fromStart() : options.fromPosition(at(after));
    return piece(options)
        .flatMap(piece -> {
          take(piece.stream().filter(e -> Events.position(e) > after).toList(), most, read);
          return piece.size() < count || read.size() == most
              ? Uni.createFrom().item(read)
              : readOn(Events.position(piece.getLast()), most, read);
        });
  }

  @Override
  public Uni<List<RecordedEvent>> readBackwards(long beforePosition, int most) {
    return Uni.createFrom().deferred(() -> readBackOn(beforePosition, most, new ArrayList<>()));
  }

  private Uni<List<RecordedEvent>> readBackOn(long before, int most, List<RecordedEvent> read) {
    int count = Math.clamp(most - read.size(), PIECE_MIN, PIECE_MAX);
    ReadAllOptions options = ReadAllOptions.get().backwards().maxCount(count);
    options = before == Long.MAX_VALUE ? options.fromEnd() : options.fromPosition(at(before));
    return piece(options)
        .flatMap(piece -> {
          take(piece, most, read);
          return piece.size() < count || read.size() == most
              ? Uni.createFrom().item(read)
              : readBackOn(Events.position(piece.getLast()), most, read);
        });
  }

  private void take(List<ResolvedEvent> piece, int most, List<RecordedEvent> read) {
    for (ResolvedEvent event : piece) {
      if (read.size() < most && !Events.isSystem(event)) {
        read.add(events.recorded(event));
      }
    }
  }

  private Uni<List<ResolvedEvent>> piece(ReadAllOptions options) {
    options.notResolveLinkTos();
    return connection.call(client -> client.readAll(options)).map(result -> result.getEvents());
  }

  static Position at(long position) {
    return new Position(position, position);
  }

  @Override
  public LogCursor open(long afterPosition, Set<String> streamPrefixes) {
    return new LogSubscription(connection, this, events, afterPosition, streamPrefixes);
  }
}
