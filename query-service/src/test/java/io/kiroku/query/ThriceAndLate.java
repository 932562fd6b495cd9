package io.kiroku.query;

import io.kiroku.eventstore.EventFeeds;
import io.kiroku.eventstore.RecordedEvent;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Delivers everything three times and in disorder; half of it for the first time only after what
/// came in later batches. What is held back when no more comes is never delivered.
public final class ThriceAndLate implements EventFeeds {
  private static final int BATCH_MOST = 20;
  private static final int TIMES = 3;
  private static final int BATCHES_HELD_MOST = 4;

  private final EventFeeds feeds;
  private final Random random;
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicLong late = new AtomicLong();

  public ThriceAndLate(EventFeeds feeds, Random random) {
    this.feeds = feeds;
    this.random = random;
  }

  /// How many deliveries were repetitions.
  public long repeated() {
    return repeated.get();
  }

  /// How many first deliveries came after a later batch's.
  public long late() {
    return late.get();
  }

  @Override
  public Uni<Void> ensure(String group, Set<String> streamPrefixes) {
    return feeds.ensure(group, streamPrefixes);
  }

  @Override
  public Uni<Void> remove(String group) {
    return feeds.remove(group);
  }

  @Override
  public FeedCursor open(String group) {
    return new Cursor(feeds.open(group));
  }

  /// @param taken number of the batch that it came in
  /// @param due number of the batch that it is delivered in
  private record Copy(RecordedEvent event, long taken, long due) {}

  private final class Cursor implements FeedCursor {
    private final FeedCursor cursor;
    private final List<Copy> held = new ArrayList<>();
    private final Set<UUID> delivered = new HashSet<>();
    private long batch;

    Cursor(FeedCursor cursor) {
      this.cursor = cursor;
    }

    @Override
    public Uni<List<RecordedEvent>> next(int most) {
      return cursor
          .next(Math.min(most, BATCH_MOST))
          .map(this::rough)
          .flatMap(due -> due.isEmpty() ? next(most) : Uni.createFrom().item(due));
    }

    private synchronized List<RecordedEvent> rough(List<RecordedEvent> events) {
      batch++;
      for (RecordedEvent event : events) {
        for (int i = 0; i < TIMES; i++) {
          held.add(new Copy(event, batch, batch + random.nextInt(BATCHES_HELD_MOST + 1)));
        }
      }
      List<Copy> due = new ArrayList<>(held.stream().filter(copy -> copy.due <= batch).toList());
      held.removeAll(due);
      Collections.shuffle(due, random);
      due.forEach(this::count);
      return due.stream().map(Copy::event).toList();
    }

    private void count(Copy copy) {
      if (!delivered.add(copy.event.id())) {
        repeated.incrementAndGet();
      } else if (copy.due > copy.taken) {
        late.incrementAndGet();
      }
    }

    @Override
    public void ack(List<RecordedEvent> events) {
      cursor.ack(events);
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
