package io.kiroku.projection.engine;

import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.projection.Projection;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/// What follows from a round, stream by stream. Each answers the work if it needs another round,
/// null if it is settled.
final class Outcomes {
  private final Projection projection;
  private final HeldCache cache;
  private final Parking parking;
  private final Counters counters;
  private final Arrivals arrivals;
  private final AppliedListener listener;

  Outcomes(
      Projection projection,
      HeldCache cache,
      Parking parking,
      Counters counters,
      Arrivals arrivals,
      AppliedListener listener) {
    this.projection = projection;
    this.cache = cache;
    this.parking = parking;
    this.counters = counters;
    this.arrivals = arrivals;
    this.listener = listener;
  }

  Uni<@Nullable StreamWork> alreadyThere(StreamWork work) {
    counters.repeated.increment();
    RecordedEvent last = work.last();
    if (work.looked && last != null) {
      arrivals.arrived(work.stream(), work.held.revision());
      listener.found(projection, last);
    }
    return settled(work);
  }

  /// The event can never be applied as things are: its stream waits.
  Uni<@Nullable StreamWork> refused(StreamWork work, String error) {
    cache.forget(work.stream());
    return park(work, new Folding.Failure(work.held.revision() + 1, error));
  }

  Uni<@Nullable StreamWork> conclude(StreamWork work) {
    return switch (work.outcome) {
      case WriteOutcome.Written _ -> written(work);
      case WriteOutcome.Overtaken _ -> overtaken(work);
      case WriteOutcome.Refused(var error) -> refused(work, error);
    };
  }

  private Uni<@Nullable StreamWork> written(StreamWork work) {
    Folding folding = work.folding();
    boolean moved = work.hasNews();
    work.held = folding.next();
    if (moved) {
      cache.put(work.stream(), folding.next());
      announce(work, folding);
    }
    if (folding.failure() != null) {
      return park(work, folding.failure());
    }
    return work.done() ? settled(work) : Uni.createFrom().item(work);
  }

  private void announce(StreamWork work, Folding folding) {
    counters.applied.add(folding.applied().size());
    arrivals.arrived(work.stream(), folding.next().revision());
    if (!folding.applied().isEmpty()) {
      counters.lastAppliedPosition =
          Math.max(counters.lastAppliedPosition, folding.applied().getLast().envelope().position());
      listener.applied(projection, folding.applied());
    }
  }

  private Uni<@Nullable StreamWork> overtaken(StreamWork work) {
    counters.overtaken.increment();
    cache.forget(work.stream());
    work.wasOvertaken();
    return Uni.createFrom().item(work);
  }

  private Uni<@Nullable StreamWork> settled(StreamWork work) {
    return work.retried == null
        ? Uni.createFrom().nullItem()
        : parking.free(work.retried).replaceWith(Uni.createFrom().nullItem());
  }

  private Uni<@Nullable StreamWork> park(StreamWork work, Folding.Failure failure) {
    counters.parked.increment();
    return parking.park(work, failure).replaceWith(Uni.createFrom().nullItem());
  }
}
