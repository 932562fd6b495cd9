package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/// Waits until a projection shows a revision: woken when this replica applies it, and looking at
/// the documents from time to time, because another one may. Where this replica has applied what
/// came before, the next revision is likely to come here too, and is waited for first.
final class ProgressWait {
  private static final Duration LOOK_FIRST = Duration.ofMillis(20);
  private static final Duration LOOK_MOST = Duration.ofMillis(200);

  private final Slots slots;
  private final SharedReads<Slot, Held> documents;
  private final HeldCache cache;
  private final Parking parking;
  private final Arrivals arrivals;

  ProgressWait(
      Slots slots,
      SharedReads<Slot, Held> documents,
      HeldCache cache,
      Parking parking,
      Arrivals arrivals) {
    this.slots = slots;
    this.documents = documents;
    this.cache = cache;
    this.parking = parking;
    this.arrivals = arrivals;
  }

  Uni<Progress> until(StreamId stream, long wanted, Duration most) {
    Held cached = cache.get(stream);
    long deadlineNanos = System.nanoTime() + most.toNanos();
    return cached == null
        ? look(stream, wanted, deadlineNanos, LOOK_FIRST)
        : judge(stream, wanted, cached.revision(), deadlineNanos, LOOK_FIRST);
  }

  private Uni<Progress> look(StreamId stream, long wanted, long deadlineNanos, Duration pause) {
    return documents
        .read(slots.of(stream))
        .flatMap(held -> judge(stream, wanted, held.revision(), deadlineNanos, pause));
  }

  private Uni<Progress> judge(
      StreamId stream, long wanted, long applied, long deadlineNanos, Duration pause) {
    if (applied >= wanted) {
      return Uni.createFrom().item(new Progress.Shown());
    }
    ParkedStream parked = parking.of(stream);
    if (parked != null && parked.revision() <= wanted) {
      return Uni.createFrom().item(new Progress.Parked(stream, wanted, parked.revision()));
    }
    long leftNanos = deadlineNanos - System.nanoTime();
    if (leftNanos <= 0) {
      return Uni.createFrom().item(new Progress.Behind(stream, wanted, applied));
    }
    Duration nap = atLeastOneMilli(Duration.ofNanos(Math.min(leftNanos, pause.toNanos())));
    return wokenWithin(stream, wanted, nap)
        .flatMap(woken ->
            woken
                ? Uni.createFrom().item(new Progress.Shown())
                : look(stream, wanted, deadlineNanos, longer(pause)));
  }

  private Uni<Boolean> wokenWithin(StreamId stream, long wanted, Duration nap) {
    Uni<Boolean> napped = Uni.createFrom().item(false).onItem().delayIt().by(nap);
    return Uni.combine().any().of(arrivals.of(stream, wanted), napped);
  }

  /// The event loop's timers know nothing shorter.
  private static Duration atLeastOneMilli(Duration nap) {
    return nap.toMillis() > 0 ? nap : Duration.ofMillis(1);
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LOOK_MOST) < 0 ? doubled : LOOK_MOST;
  }
}
