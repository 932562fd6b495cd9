package io.kiroku.projection.engine;

import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.projection.Change;
import io.kiroku.projection.Contribution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Successive events of one stream, folded into what its slot will hold.
///
/// @param applied the events that went in, in order
/// @param failure why the event after them could not; null if all went in
record Folding(Held next, List<Recorded<?>> applied, @Nullable Failure failure) {
  record Failure(long revision, String error) {
    static Failure of(RecordedEvent event, Throwable error) {
      return new Failure(
          event.revision(), error.getClass().getSimpleName() + ": " + error.getMessage());
    }
  }

  /// Fails only for want of a dependency; an event that fails is part of the answer.
  ///
  /// @param skipped tells of a revision whether it is passed over, unread
  static <D, E> Uni<Folding> of(
      Contribution<D, E> into, Held from, List<RecordedEvent> due, LongPredicate skipped) {
    int first = 0;
    while (first < due.size() && !skipped.test(due.get(first).revision())) {
      first++;
    }
    Uni<Folding> before = of(into, from, due.subList(0, first));
    if (first == due.size()) {
      return before;
    }
    int next = first;
    while (next < due.size() && skipped.test(due.get(next).revision())) {
      next++;
    }
    long passed = due.get(next - 1).revision();
    List<RecordedEvent> rest = due.subList(next, due.size());
    return before.flatMap(folding ->
        folding.failure() != null
            ? Uni.createFrom().item(folding)
            : of(into, folding.next().at(passed), rest, skipped).map(folding::followedBy));
  }

  private static <D, E> Uni<Folding> of(
      Contribution<D, E> into, Held from, List<RecordedEvent> due) {
    if (due.isEmpty()) {
      return Uni.createFrom().item(new Folding(from, List.of(), null));
    }
    return into.codec()
        .decodeAll(due)
        .map(decoded -> fold(into, from, decoded))
        .onFailure(Folding::isTheEvents)
        .recoverWithUni(_ -> oneByOne(into, from, due));
  }

  /// After [#of] failed as a whole: the events before the bad one still count.
  private static <D, E> Uni<Folding> oneByOne(
      Contribution<D, E> into, Held from, List<RecordedEvent> due) {
    List<Recorded<E>> decoded = new ArrayList<>();
    return Multi.createFrom()
        .iterable(due)
        .onItem()
        .transformToUniAndConcatenate(
            event -> into.codec().decodeAll(List.of(event)).invoke(decoded::addAll))
        .collect()
        .last()
        .map(_ -> fold(into, from, decoded))
        .onFailure(Folding::isTheEvents)
        .recoverWithItem(error ->
            fold(into, from, decoded).failingAt(Failure.of(due.get(decoded.size()), error)));
  }

  private static <D, E> Folding fold(Contribution<D, E> into, Held from, List<Recorded<E>> events) {
    List<Recorded<?>> applied = new ArrayList<>(events.size());
    Held held = from;
    for (Recorded<E> recorded : events) {
      try {
        held = step(into, held, recorded);
      } catch (RuntimeException e) {
        return new Folding(held, applied, Failure.of(recorded.envelope(), e));
      }
      applied.add(recorded);
    }
    return new Folding(held, applied, null);
  }

  private static <D, E> Held step(Contribution<D, E> into, Held held, Recorded<E> recorded) {
    Object before = held.document();
    @Nullable D document = before == null ? null : into.documentType().cast(before);
    long revision = recorded.envelope().revision();
    return switch (into.apply(document, recorded)) {
      case Change.Upsert<D>(var after) -> held.then(revision, after);
      case Change.Unchanged<D> _ -> held.then(revision, document);
      case Change.Tombstone<D> _ -> held.then(revision, null);
    };
  }

  private Folding followedBy(Folding later) {
    List<Recorded<?>> all = new ArrayList<>(applied);
    all.addAll(later.applied());
    return new Folding(later.next(), all, later.failure());
  }

  private Folding failingAt(Failure later) {
    return failure == null ? new Folding(next, applied, later) : this;
  }

  private static boolean isTheEvents(Throwable error) {
    return !(error instanceof EventStoreUnavailable);
  }
}
