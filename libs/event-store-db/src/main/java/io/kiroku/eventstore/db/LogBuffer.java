package io.kiroku.eventstore.db;

import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.RecordedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Events in log order, and how far the log was seen.
final class LogBuffer extends CursorBuffer<LogBatch> {
  private static final int EVENTS_MAX = 2_048;

  private final Deque<RecordedEvent> events = new ArrayDeque<>();
  private long handedOut;
  private long seen;

  LogBuffer(long afterPosition) {
    this.handedOut = afterPosition;
    this.seen = afterPosition;
  }

  void add(RecordedEvent event) {
    push(() -> {
      events.add(event);
      seen = event.position();
    });
  }

  /// Nothing for the reader up to here.
  void pass(long position) {
    push(() -> seen = Math.max(seen, position));
  }

  @Override
  protected boolean isReady() {
    return seen > handedOut;
  }

  @Override
  protected boolean isFull() {
    return events.size() >= EVENTS_MAX;
  }

  @Override
  protected LogBatch take(int most) {
    List<RecordedEvent> taken = new ArrayList<>(Math.min(most, events.size()));
    while (taken.size() < most && !events.isEmpty()) {
      taken.add(events.poll());
    }
    handedOut = events.isEmpty() ? seen : taken.getLast().position();
    return new LogBatch(taken, handedOut);
  }
}
