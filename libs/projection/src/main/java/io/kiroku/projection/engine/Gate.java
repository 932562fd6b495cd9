package io.kiroku.projection.engine;

import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The one way into the documents. Events may come from anywhere, again and in any order: each slot
/// moves by exactly one revision at a time, and what a pass has completed for is durable.
final class Gate {
  private final Slots slots;
  private final HeldCache cache;
  private final Parking parking;
  private final Settling settling;
  private final Turns turns = new Turns();

  Gate(Slots slots, HeldCache cache, Parking parking, Settling settling) {
    this.slots = slots;
    this.cache = cache;
    this.parking = parking;
    this.settling = settling;
  }

  /// Completes when every event is applied, was applied before, or waits behind a durable marker.
  ///
  /// @param fresh whether a stream's first event is probably new, so that looking before is a waste
  Uni<Void> pass(List<RecordedEvent> delivered, boolean fresh) {
    if (delivered.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return turns.take(() -> settle(works(delivered), fresh));
  }

  /// Tries the failing event of a parked stream once more.
  Uni<Void> retry(ParkedStream parked) {
    return turns.take(() -> {
      cache.forget(parked.stream());
      var work = StreamWork.retrying(slots.of(parked.stream()), parked);
      return settling.settle(List.of(work), false);
    });
  }

  private Collection<StreamWork> works(List<RecordedEvent> delivered) {
    Map<StreamId, StreamWork> works = new LinkedHashMap<>();
    for (RecordedEvent event : delivered) {
      works
          .computeIfAbsent(event.stream(), stream -> StreamWork.delivering(slots.of(stream)))
          .add(event);
    }
    return works.values();
  }

  /// Nobody waits until it is noted what is held back.
  private Uni<Void> settle(Collection<StreamWork> works, boolean fresh) {
    Map<Boolean, List<StreamWork>> byParked =
        works.stream()
            .collect(Collectors.partitioningBy(work -> parking.of(work.stream()) != null));
    Uni<Void> others = settling.settle(byParked.getOrDefault(false, List.of()), fresh);
    List<StreamWork> parked = byParked.getOrDefault(true, List.of());
    if (parked.isEmpty()) {
      return others;
    }
    Uni<Void> freed =
        Parallel.each(parked, work -> parking.holdsBack(work).map(held -> held ? null : work))
            .flatMap(again -> settling.settle(again, fresh));
    return Uni.join().all(others, freed).andFailFast().replaceWithVoid();
  }
}
