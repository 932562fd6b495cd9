package io.kiroku.projection.engine;

import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.RecordedEvent;
import io.smallrye.mutiny.Uni;
import java.util.List;

/// Finds out what is left to be applied by reading on from the watermark. The watermark alone would
/// say too much: on purpose it follows with a delay, and it knows nothing of other categories'
/// events behind it.
final class LagProbe {
  private static final int READ_MOST = 1_000;

  /// A projection that is far behind is not helped by another reader of the whole log.
  private static final int PAGES_MOST = 4;

  private final EventLog log;
  private final ReadModelStore documents;
  private final Slots slots;
  private final HeldCache cache;
  private final Parking parking;

  /// Everything up to here was found applied or parked, and stays so.
  private volatile long clear = EventLog.START;

  LagProbe(EventLog log, ReadModelStore documents, Slots slots, HeldCache cache, Parking parking) {
    this.log = log;
    this.documents = documents;
    this.slots = slots;
    this.cache = cache;
    this.parking = parking;
  }

  /// Fails if the log or the documents cannot be reached.
  Uni<Lag> measure() {
    return documents
        .watermark()
        .flatMap(watermark ->
            log.head().flatMap(head -> after(Math.max(watermark, clear), head, PAGES_MOST)));
  }

  private Uni<Lag> after(long position, long head, int pages) {
    if (position >= head) {
      return Uni.createFrom().item(Lag.none(head));
    }
    return log.read(position, READ_MOST)
        .flatMap(read -> {
          int first = firstDue(read);
          if (first > 0) {
            clear = read.get(first - 1).position();
          }
          if (first < read.size()) {
            return Uni.createFrom().item(behind(read, first, Math.max(position, clear), head));
          }
          if (read.size() < READ_MOST) {
            return Uni.createFrom().item(Lag.none(head));
          }
          return pages == 1
              ? Uni.createFrom().item(Lag.notFurtherKnown(read.getLast(), head))
              : after(clear, head, pages - 1);
        });
  }

  private int firstDue(List<RecordedEvent> read) {
    int first = 0;
    while (first < read.size() && !isDue(read.get(first))) {
      first++;
    }
    return first;
  }

  private Lag behind(List<RecordedEvent> read, int first, long upTo, long head) {
    long due = read.stream().skip(first).filter(this::isDue).count();
    long last = read.getLast().position();
    boolean exact = read.size() < READ_MOST || last >= head;
    double share = (double) (head - upTo) / Math.max(1, last - upTo);
    long events = exact ? due : Math.round(due * share);
    return new Lag(upTo, head, events, exact, read.get(first).recordedAt());
  }

  private boolean isDue(RecordedEvent event) {
    if (!slots.follows(event.stream())) {
      return false;
    }
    Held held = cache.get(event.stream());
    ParkedStream parked = parking.of(event.stream());
    return (held == null || held.revision() < event.revision())
        && (parked == null || parked.revision() > event.revision());
  }
}
