package io.kiroku.command.oldercommands;

import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.OlderCommands;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.SeenCommand;
import io.kiroku.eventstore.StateCache;
import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Tables `older_command` and `older_command_extent`. A stream's part that is not there yet is read
/// from the stream first, so an answer never depends on who else has filled what.
public final class PostgresOlderCommands implements OlderCommands {
  /// Events of a stream that are read and written at once.
  private static final int STRIDE = 5_000;

  private static final int EXTENTS_CACHED_MAX = 10_000;
  private static final String EXTENT =
      "SELECT before_revision FROM older_command_extent WHERE stream = $1";
  private static final String FIND =
      "SELECT request_hash, first_revision, last_revision FROM older_command"
          + " WHERE stream = $1 AND command_id = $2";
  private static final String INSERT =
      """
      INSERT INTO older_command AS known
        (stream, command_id, request_hash, first_revision, last_revision)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (stream, command_id) DO UPDATE SET
        first_revision = least(known.first_revision, excluded.first_revision),
        last_revision = greatest(known.last_revision, excluded.last_revision)
      """;
  private static final String EXTEND =
      """
      INSERT INTO older_command_extent AS known (stream, before_revision) VALUES ($1, $2)
      ON CONFLICT (stream) DO UPDATE SET
        before_revision = greatest(known.before_revision, excluded.before_revision)
      """;

  private final Pool pool;
  private final EventStore store;
  private final StateCache<StreamId, Long> extents = new StateCache<>(EXTENTS_CACHED_MAX);

  public PostgresOlderCommands(Pool pool, EventStore store) {
    this.pool = pool;
    this.store = store;
  }

  /// Fails with [EventStoreUnavailable] also if PostgreSQL does not answer.
  @Override
  public Uni<Optional<SeenCommand>> find(StreamId stream, UUID commandId, long revision) {
    return extent(stream)
        .flatMap(extent -> fill(stream, extent, revision))
        .flatMap(_ ->
            pool.preparedQuery(FIND)
                .execute(Tuple.of(stream.value(), commandId))
                .map(PostgresOlderCommands::seen))
        .onFailure(failure -> !(failure instanceof EventStoreUnavailable))
        .transform(failure -> new EventStoreUnavailable("The index of commands is away", failure));
  }

  private Uni<Long> extent(StreamId stream) {
    Long known = extents.get(stream);
    return known != null
        ? Uni.createFrom().item(known)
        : pool.preparedQuery(EXTENT)
            .execute(Tuple.of(stream.value()))
            .map(rows -> rows.size() == 0 ? 0L : rows.iterator().next().getLong(0));
  }

  private Uni<Void> fill(StreamId stream, long from, long revision) {
    if (from >= revision) {
      return Uni.createFrom().voidItem();
    }
    long end = Math.min(revision, from + STRIDE);
    return store
        .read(stream, from, end - from)
        .flatMap(
            events -> pool.withTransaction(transaction -> write(transaction, stream, events, end)))
        .invoke(() -> extents.put(stream, end, 1))
        .flatMap(_ -> fill(stream, end, revision));
  }

  private static Uni<Void> write(
      SqlConnection transaction, StreamId stream, List<RecordedEvent> events, long end) {
    Uni<?> inserted =
        events.isEmpty()
            ? Uni.createFrom().voidItem()
            : transaction.preparedQuery(INSERT).executeBatch(rows(stream, events));
    return inserted
        .flatMap(_ -> transaction.preparedQuery(EXTEND).execute(Tuple.of(stream.value(), end)))
        .replaceWithVoid();
  }

  private static List<Tuple> rows(StreamId stream, List<RecordedEvent> events) {
    Map<UUID, SeenCommand> commands = new LinkedHashMap<>();
    for (RecordedEvent event : events) {
      String hash = event.metadata().requestHash();
      commands.merge(
          event.metadata().commandId(),
          new SeenCommand(hash, event.revision(), event.revision()),
          (first, last) -> new SeenCommand(hash, first.first(), last.last()));
    }
    return commands.entrySet().stream()
        .map(command ->
            Tuple.of(
                stream.value(),
                command.getKey(),
                command.getValue().requestHash(),
                command.getValue().first(),
                command.getValue().last()))
        .toList();
  }

  private static Optional<SeenCommand> seen(RowSet<Row> rows) {
    RowIterator<Row> found = rows.iterator();
    if (!found.hasNext()) {
      return Optional.empty();
    }
    Row row = found.next();
    return Optional.of(new SeenCommand(row.getString(0), row.getLong(1), row.getLong(2)));
  }
}
