package io.kiroku.eventstore.db;

import com.eventstore.dbclient.ResolvedEvent;
import io.kiroku.eventstore.RecordedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Never full: the store sends no more than the slots it was told.
final class FeedBuffer extends CursorBuffer<List<RecordedEvent>> {
  private final Events events;
  private final Deque<ResolvedEvent> waiting = new ArrayDeque<>();

  FeedBuffer(Events events) {
    this.events = events;
  }

  void add(ResolvedEvent event) {
    push(() -> waiting.add(event));
  }

  @Override
  protected boolean isReady() {
    return !waiting.isEmpty();
  }

  @Override
  protected boolean isFull() {
    return false;
  }

  @Override
  protected List<RecordedEvent> take(int most) {
    List<RecordedEvent> taken = new ArrayList<>(Math.min(most, waiting.size()));
    while (taken.size() < most && !waiting.isEmpty()) {
      taken.add(events.recorded(waiting.poll()));
    }
    return taken;
  }
}
