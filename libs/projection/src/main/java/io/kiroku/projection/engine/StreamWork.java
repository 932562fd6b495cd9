package io.kiroku.projection.engine;

import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one pass through the [Gate] has to do for one stream: bring its slot up to `target`.
final class StreamWork {
  private static final int FRUITLESS_MOST = 3;

  final Slot slot;

  /// The marker whose event is being tried again; null in the ordinary case.
  final @Nullable ParkedStream retried;

  private final NavigableMap<Long, RecordedEvent> delivered = new TreeMap<>();
  private long target;

  /// Whether [#held] was read for this work.
  boolean looked;

  /// What the slot is taken to hold.
  Held held = Held.NOTHING;

  WriteOutcome outcome = new WriteOutcome.Written();

  private @Nullable Folding folding;
  private long overtakenAt = Long.MIN_VALUE;
  private int fruitlessRounds;

  private StreamWork(Slot slot, @Nullable ParkedStream retried, long target) {
    this.slot = slot;
    this.retried = retried;
    this.target = target;
  }

  static StreamWork delivering(Slot slot) {
    return new StreamWork(slot, null, -1);
  }

  static StreamWork retrying(Slot slot, ParkedStream parked) {
    return new StreamWork(slot, parked, parked.queuedThrough());
  }

  StreamId stream() {
    return slot.stream();
  }

  void add(RecordedEvent event) {
    delivered.put(event.revision(), event);
    target = Math.max(target, event.revision());
  }

  /// Null if none was delivered.
  @Nullable RecordedEvent last() {
    return delivered.isEmpty() ? null : delivered.lastEntry().getValue();
  }

  long target() {
    return target;
  }

  boolean beginsAStream() {
    return delivered.containsKey(0L);
  }

  boolean done() {
    return held.revision() >= target;
  }

  /// The events at hand that continue the slot without a gap; empty if the next one is missing.
  List<RecordedEvent> due() {
    List<RecordedEvent> due = new ArrayList<>();
    RecordedEvent next = delivered.get(held.revision() + 1);
    while (next != null) {
      due.add(next);
      next = delivered.get(next.revision() + 1);
    }
    return due;
  }

  StreamWork folded(Folding result) {
    folding = result;
    outcome = new WriteOutcome.Written();
    return this;
  }

  Folding folding() {
    return Objects.requireNonNull(folding);
  }

  boolean hasNews() {
    return folding().next().revision() > held.revision();
  }

  GuardedWrite guarded() {
    return new GuardedWrite(slot, held, folding().next());
  }

  void wasOvertaken() {
    fruitlessRounds = overtakenAt == held.revision() ? fruitlessRounds + 1 : 0;
    overtakenAt = held.revision();
  }

  /// Whether writes go on failing though the slot still holds what they are guarded with. Once may
  /// happen: another stream's first event was creating the same document.
  boolean isOvertakenByNobody() {
    return fruitlessRounds >= FRUITLESS_MOST && overtakenAt == held.revision();
  }
}
