package io.kiroku.projection.engine;

import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Folds a stream once more, up to the revision that its document shows, and compares. Nothing is
/// stopped for it: what is applied meanwhile does not matter.
final class StreamAudit {
  private static final int READ_MOST = 500;

  private final EventStore store;
  private final ReadModelStore documents;
  private final Slots slots;
  private final Parking parking;
  private final Gate gate;
  private final HeldCache cache;

  StreamAudit(
      EventStore store,
      ReadModelStore documents,
      Slots slots,
      Parking parking,
      Gate gate,
      HeldCache cache) {
    this.store = store;
    this.documents = documents;
    this.slots = slots;
    this.parking = parking;
    this.gate = gate;
    this.cache = cache;
  }

  /// Null if all is well. Fails if log or documents cannot be reached.
  Uni<@Nullable Difference> of(StreamId stream) {
    Slot slot = slots.of(stream);
    // The watermark first: what it says is applied must be found afterwards.
    return documents
        .watermark()
        .flatMap(watermark ->
            held(slot)
                .flatMap(held ->
                    fold(slot, Held.NOTHING, held.revision())
                        .flatMap(folding -> judge(slot, held, folding, watermark))));
  }

  /// Replaces a wrong document by compare-and-set of its revision and of how often it was mended:
  /// who remembers the wrong one cannot write it again. Then applies what is missing. Answers what
  /// differs afterwards.
  Uni<@Nullable Difference> mend(StreamId stream) {
    Slot slot = slots.of(stream);
    return held(slot)
        .flatMap(held ->
            fold(slot, Held.NOTHING, held.revision()).flatMap(folding -> put(slot, held, folding)))
        .flatMap(_ -> held(slot))
        .flatMap(held -> store.read(stream, held.revision() + 1, READ_MOST))
        .invoke(() -> cache.forget(stream))
        .flatMap(missing -> gate.pass(missing, false))
        .flatMap(_ -> of(stream));
  }

  private Uni<Void> put(Slot slot, Held held, Folding folding) {
    if (folding.failure() != null || Objects.equals(folding.next().document(), held.document())) {
      return Uni.createFrom().voidItem();
    }
    Held right = held.mended(folding.next().document());
    return documents.write(List.of(new GuardedWrite(slot, held, right))).replaceWithVoid();
  }

  private Uni<Held> held(Slot slot) {
    return documents.read(List.of(slot)).map(found -> found.getOrDefault(slot, Held.NOTHING));
  }

  /// What `slot` must hold at revision `to`.
  private Uni<Folding> fold(Slot slot, Held from, long to) {
    if (from.revision() >= to) {
      return Uni.createFrom().item(new Folding(from, List.of(), null));
    }
    long most = Math.min(READ_MOST, to - from.revision());
    return store
        .read(slot.stream(), from.revision() + 1, most)
        .flatMap(read -> {
          if (read.isEmpty()) {
            throw new EventStoreUnavailable(slot.stream() + " ends before its document", null);
          }
          return Folding.of(slot.contribution(), from, read, parking.skips().of(slot.stream()));
        })
        .flatMap(folding ->
            folding.failure() == null
                ? fold(slot, folding.next(), to)
                : Uni.createFrom().item(folding));
  }

  private Uni<@Nullable Difference> judge(Slot slot, Held held, Folding folding, long watermark) {
    StreamId stream = slot.stream();
    Folding.Failure failure = folding.failure();
    if (failure != null) {
      return differs(stream, held, Difference.Kind.NOT_APPLICABLE, failure.error());
    }
    if (!Objects.equals(folding.next().document(), held.document())) {
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

  private static Uni<@Nullable Difference> differs(
      StreamId stream, Held held, Difference.Kind kind, String detail) {
    return Uni.createFrom().item(new Difference(stream, held.revision(), kind, detail));
  }

  private static Uni<@Nullable Difference> nothing() {
    return Uni.createFrom().nullItem();
  }
}
