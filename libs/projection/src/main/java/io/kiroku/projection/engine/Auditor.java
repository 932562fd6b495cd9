package io.kiroku.projection.engine;

import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventLog.LogCursor;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Projection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Checks stored documents against the log, and remembers what it found. Fails if log or documents
/// cannot be reached; what was found before then stands.
public final class Auditor {
  private static final int REMEMBERED_MOST = 1_000;
  private static final int BATCH = 256;
  private static final int AT_ONCE = 16; // an audit mostly waits for answers

  private final Projection projection;
  private final EventLog log;
  private final ReadModelStore documents;
  private final Slots slots;
  private final Map<String, Difference> found = new ConcurrentSkipListMap<>();
  private final AtomicLong audited = new AtomicLong();
  private final Supplier<StreamAudit> audit;

  Auditor(
      Projection projection,
      EventLog log,
      ReadModelStore documents,
      Slots slots,
      Supplier<StreamAudit> audit) {
    this.projection = projection;
    this.log = log;
    this.documents = documents;
    this.slots = slots;
    this.audit = audit;
  }

  /// Differences that have not been seen to be gone, by stream; at most 1,000.
  public List<Difference> differences() {
    return List.copyOf(found.values());
  }

  /// How many streams were looked at since the program started.
  public long audited() {
    return audited.get();
  }

  /// Looks at one stream. Null if all is well.
  public Uni<@Nullable Difference> audit(StreamId stream) {
    return audit.get().of(stream).invoke(difference -> note(stream, difference));
  }

  /// Puts a document right, whatever else happens to it meanwhile: it is replaced by what the log
  /// says, and what was not applied is applied. Answers what still differs, null if nothing does.
  public Uni<@Nullable Difference> mend(StreamId stream) {
    return audit.get().mend(stream).invoke(difference -> note(stream, difference));
  }

  private void note(StreamId stream, @Nullable Difference difference) {
    audited.incrementAndGet();
    if (difference == null) {
      found.remove(stream.value());
    } else if (found.size() < REMEMBERED_MOST) {
      found.put(stream.value(), difference);
    }
  }

  /// Looks at all streams of some documents, others each time; answers how many streams.
  public Uni<Integer> sample(int most) {
    return documents
        .someKeys(most)
        .map(this::streams)
        .flatMap(streams -> all(streams).replaceWith(streams.size()));
  }

  private List<StreamId> streams(List<String> keys) {
    List<StreamId> streams = new ArrayList<>();
    for (String key : keys) {
      projection.contributions().stream()
          .flatMap(part -> part.stream(key).stream())
          .filter(stream -> slots.of(stream).key().equals(key))
          .forEach(streams::add);
    }
    return streams;
  }

  private Uni<Long> all(List<StreamId> streams) {
    return Multi.createFrom()
        .iterable(streams)
        .onItem()
        .transformToUni(stream -> audit(stream).map(it -> it == null ? 0L : 1L))
        .merge(AT_ONCE)
        .collect()
        .with(Collectors.summingLong(Long::longValue));
  }

  /// Looks at every stream that there is now, in the order in which they began, and then at every
  /// document, for those that no stream has made. One message per batch; the last is done.
  public Multi<AuditProgress> everything() {
    return log.head()
        .onItem()
        .transformToMulti(end -> {
          var state = new AtomicReference<>(AuditProgress.begin(EventLog.START, end));
          return Multi.createBy().concatenating().streams(allStreams(state), allDocuments(state));
        });
  }

  private Multi<AuditProgress> allStreams(AtomicReference<AuditProgress> state) {
    return Multi.createFrom()
        .resource(() -> log.open(EventLog.START, Set.of()), cursor -> batches(cursor, state))
        .withFinalizer(LogCursor::close);
  }

  private Multi<AuditProgress> batches(LogCursor cursor, AtomicReference<AuditProgress> state) {
    if (state.get().streamsDone()) {
      return Multi.createFrom().empty();
    }
    return Multi.createBy()
        .repeating()
        .uni(
            () -> cursor.next(BATCH).flatMap(batch -> batch(batch, state.get())).invoke(state::set))
        .whilst(progress -> !progress.streamsDone());
  }

  /// Every stream begins once: with its first event.
  private Uni<AuditProgress> batch(LogBatch batch, AuditProgress before) {
    List<StreamId> begun =
        batch.events().stream()
            .filter(event -> event.revision() == 0)
            .map(RecordedEvent::stream)
            .filter(slots::follows)
            .toList();
    return all(begun).map(differing -> before.streams(begun.size(), differing, batch.position()));
  }

  private Multi<AuditProgress> allDocuments(AtomicReference<AuditProgress> state) {
    return Multi.createBy()
        .repeating()
        .uni(
            () -> new AtomicReference<>(""),
            after ->
                documents
                    .keys(after.get(), BATCH)
                    .invoke(keys -> after.set(keys.isEmpty() ? after.get() : keys.getLast()))
                    .flatMap(keys -> page(keys, state.get()))
                    .invoke(state::set))
        .whilst(progress -> !progress.done());
  }

  private Uni<AuditProgress> page(List<String> keys, AuditProgress before) {
    return strays(keys)
        .flatMap(strays ->
            all(strays)
                .map(differing ->
                    before.documents(keys.size(), strays.size(), differing, keys.size() < BATCH)));
  }

  /// The streams that documents show and that do not exist.
  private Uni<List<StreamId>> strays(List<String> keys) {
    List<Slot> shown = streams(keys).stream().map(slots::of).toList();
    return documents
        .read(shown)
        .onItem()
        .transformToMulti(held ->
            Multi.createFrom()
                .iterable(shown)
                .filter(slot -> held.getOrDefault(slot, Held.NOTHING).revision() >= 0))
        .map(Slot::stream)
        .onItem()
        .transformToUni(stream ->
            audit
                .get()
                .exists(stream)
                .map(exists -> exists ? List.<StreamId>of() : List.of(stream)))
        .merge(AT_ONCE)
        .collect()
        .with(Collectors.flatMapping(List::stream, Collectors.toList()));
  }
}
