package io.kiroku.query.events;

import io.kiroku.eventstore.EventIndexes;
import io.kiroku.eventstore.EventIndexes.Entry;
import io.kiroku.eventstore.EventIndexes.Index;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.query.running.QueryConfig;
import io.kiroku.query.running.Tokens;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.RequestContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Lets an admin find in the store's indexes what he has just written. An index is in the order of
/// the log, so it shows an event of his once its last entry is not before that event.
@ApplicationScoped
public class IndexWait {
  private static final Duration PAUSE = Duration.ofMillis(20);

  /// How far back in a stream the last event that belongs into an index is looked for: further than
  /// a command writes at once.
  private static final int LOOKED_AT_MOST = 100;

  /// Entries whose events are gone tell nothing.
  private static final int NEIGHBOURS = 8;

  private final EventIndexes indexes;
  private final Duration most;

  IndexWait(EventIndexes indexes, QueryConfig config) {
    this.indexes = indexes;
    this.most = config.consistencyWait();
  }

  /// Completes once an index of events shows what the call's token names, as far as it belongs
  /// there; at once for a stream, which is the log itself. Fails with `ABORTED` and
  /// `READ_MODEL_BEHIND` when time is up; with `INVALID_ARGUMENT` for a token that is none.
  Uni<Void> shows(RequestContext context, Index index) {
    return shows(context, _ -> Stream.of(index));
  }

  /// As above, for several indexes.
  ///
  /// @param wanted by a stream that was written to
  Uni<Void> shows(RequestContext context, Function<StreamId, Stream<Index>> wanted) {
    List<Uni<Void>> waits =
        Tokens.brought(context).stream()
            .flatMap(token -> token.revisions().entrySet().stream())
            .flatMap(it ->
                wanted
                    .apply(it.getKey())
                    .filter(index -> mayBelong(it.getKey(), index))
                    .map(index -> shows(it.getKey(), it.getValue(), index)))
            .toList();
    return waits.isEmpty()
        ? Uni.createFrom().voidItem()
        : Uni.join().all(waits).andFailFast().replaceWithVoid();
  }

  private static boolean mayBelong(StreamId stream, Index index) {
    return switch (index) {
      case Index.OfStream _, Index.OfStreams _ -> false;
      case Index.OfCategory(var category) -> stream.category().equals(category);
      case Index.OfType _, Index.OfCorrelation _ -> true;
    };
  }

  private Uni<Void> shows(StreamId stream, long revision, Index index) {
    return untilTrue(() -> wanted(stream, revision, index), OptionalLong::isPresent)
        .flatMap(wanted -> untilTrue(() -> isShown(wanted.getAsLong(), index), shown -> shown))
        .ifNoItem()
        .after(most)
        .failWith(() ->
            Errors.conflict(
                "READ_MODEL_BEHIND",
                "The event store's index does not show %s@%d yet; try again."
                    .formatted(stream, revision)))
        .replaceWithVoid();
  }

  private static <T> Uni<T> untilTrue(Supplier<Uni<T>> look, Predicate<T> enough) {
    return Multi.createBy()
        .repeating()
        .uni(() -> look.get())
        .withDelay(PAUSE)
        .whilst(seen -> !enough.test(seen))
        .collect()
        .last();
  }

  /// Position of the last event up to a revision that belongs into the index, before the log's
  /// beginning if none does; empty if there is no such revision.
  private Uni<OptionalLong> wanted(StreamId stream, long revision, Index index) {
    int lookedAt = index instanceof Index.OfCategory ? 1 : LOOKED_AT_MOST;
    return indexes
        .readBackwards(new Index.OfStream(stream), revision, lookedAt)
        .map(found ->
            found.isEmpty() || found.getFirst().number() < revision
                ? OptionalLong.empty()
                : OptionalLong.of(
                    events(found)
                        .filter(event -> belongs(event, index))
                        .mapToLong(RecordedEvent::position)
                        .findFirst()
                        .orElse(EventLog.START)));
  }

  private static boolean belongs(RecordedEvent event, Index index) {
    return switch (index) {
      case Index.OfStream _, Index.OfStreams _, Index.OfCategory _ -> true;
      case Index.OfType(var type) -> event.type().equals(type);
      case Index.OfCorrelation(var id) -> event.metadata().correlationId().equals(id);
    };
  }

  private Uni<Boolean> isShown(long position, Index index) {
    return position == EventLog.START
        ? Uni.createFrom().item(true)
        : indexes
            .readBackwards(index, Long.MAX_VALUE, NEIGHBOURS)
            .map(last ->
                events(last).findFirst().stream().anyMatch(it -> it.position() >= position));
  }

  private static Stream<RecordedEvent> events(List<Entry> entries) {
    return entries.stream().map(Entry::event).filter(Objects::nonNull);
  }
}
