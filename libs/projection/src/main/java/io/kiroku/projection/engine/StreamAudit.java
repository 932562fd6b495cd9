package io.kiroku.projection.engine;

import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Folds a stream once more, up to the revision that its document shows, and compares. Nothing is
/// stopped for it: what is applied meanwhile does not matter.
final class StreamAudit {
  private static final int READ_MOST = 500;

  /// A node of the log that follows another may not hold yet what has been applied.
  private static final Duration LOG_LAG = Duration.ofSeconds(1);

  private final EventStore store;
  private final ReadModelStore documents;
  private final Slots slots;
  private final History history;
  private final Gate gate;
  private final HeldCache cache;

  StreamAudit(
      EventStore store,
      ReadModelStore documents,
      Slots slots,
      History history,
      Gate gate,
      HeldCache cache) {
    this.store = store;
    this.documents = documents;
    this.slots = slots;
    this.history = history;
    this.gate = gate;
    this.cache = cache;
  }

  /// Null if all is well. Fails if log or documents cannot be reached.
  Uni<@Nullable Difference> of(StreamId stream) {
    // The watermark first: what it says is applied must be found afterwards.
    return documents
        .watermark()
        .flatMap(watermark ->
            documents.read(slots.of(stream)).flatMap(held -> judged(stream, held, watermark)));
  }

  private Uni<@Nullable Difference> judged(StreamId stream, Held held, long watermark) {
    Uni<@Nullable Difference> judged =
        right(stream, held).flatMap(right -> judge(stream, held, right, watermark));
    return judged
        .onFailure(EventNotApplicable.class)
        .recoverWithUni(failure ->
            differs(
                stream,
                held,
                Difference.Kind.NOT_APPLICABLE,
                ((EventNotApplicable) failure).error()));
  }

  /// What must be held at the revision of `held`, or at the stream's last one if there is no such
  /// event. Fails with [EventNotApplicable].
  private Uni<Held> right(StreamId stream, Held held) {
    return folded(stream, held)
        .flatMap(right ->
            right.revision() < held.revision()
                ? Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(LOG_LAG)
                    .flatMap(_ -> folded(stream, held))
                : Uni.createFrom().item(right));
  }

  private Uni<Held> folded(StreamId stream, Held held) {
    return history.after(stream, held.revision() + 1);
  }

  /// Replaces a wrong document by compare-and-set of its revision and of how often it was mended:
  /// who remembers the wrong one cannot write it again. Then applies what is missing. Answers what
  /// differs afterwards.
  Uni<@Nullable Difference> mend(StreamId stream) {
    Slot slot = slots.of(stream);
    return documents
        .read(slot)
        .flatMap(held ->
            right(stream, held)
                .flatMap(right -> put(slot, held, right))
                .onFailure(EventNotApplicable.class)
                .recoverWithNull())
        .flatMap(_ -> documents.read(slot))
        .flatMap(held -> store.read(stream, held.revision() + 1, READ_MOST))
        .invoke(() -> cache.forget(stream))
        .flatMap(missing -> gate.pass(missing, false))
        .flatMap(_ -> of(stream));
  }

  private Uni<Void> put(Slot slot, Held held, Held right) {
    if (right.revision() == held.revision() && Objects.equals(right.document(), held.document())) {
      return Uni.createFrom().voidItem();
    }
    var write = new GuardedWrite(slot, held, held.mended(right));
    return documents.write(List.of(write)).replaceWithVoid();
  }

  /// Whether there is an event.
  Uni<Boolean> exists(StreamId stream) {
    return store.read(stream, 0, 1).map(first -> !first.isEmpty());
  }

  private Uni<@Nullable Difference> judge(StreamId stream, Held held, Held right, long watermark) {
    if (right.revision() < held.revision()) {
      return differs(stream, held, Difference.Kind.AHEAD_OF_LOG, ahead(right));
    }
    if (!Objects.equals(right.document(), held.document())) {
      return differs(stream, held, Difference.Kind.CONTENT, "the document is another one");
    }
    return documents
        .parked()
        .find(stream)
        .flatMap(marker -> marker == null ? missing(stream, held, watermark) : nothing());
  }

  private Uni<@Nullable Difference> missing(StreamId stream, Held held, long watermark) {
    return store
        .read(stream, held.revision() + 1, 1)
        .flatMap((List<RecordedEvent> next) ->
            next.isEmpty() || next.getFirst().position() > watermark
                ? nothing()
                : differs(
                    stream,
                    held,
                    Difference.Kind.MISSING_EVENTS,
                    "revision %d was not applied".formatted(held.revision() + 1)));
  }

  private static String ahead(Held right) {
    return right.revision() < 0
        ? "there is no such stream"
        : "the stream ends with revision %d".formatted(right.revision());
  }

  private static Uni<@Nullable Difference> differs(
      StreamId stream, Held held, Difference.Kind kind, String detail) {
    return Uni.createFrom().item(new Difference(stream, held.revision(), kind, detail));
  }

  private static Uni<@Nullable Difference> nothing() {
    return Uni.createFrom().nullItem();
  }
}
