package io.kiroku.projection;

import io.kiroku.eventstore.EventFeeds;
import io.kiroku.eventstore.RecordedEvent;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Deliveries as bad as the contract allows: repeated, in any order, and, on demand, missing.
final class RoughFeeds implements EventFeeds {
  private final EventFeeds feeds;
  private final Random random;

  /// What the feed acknowledges for itself without having delivered it.
  volatile Predicate<RecordedEvent> swallowed = _ -> false;

  volatile Consumer<List<RecordedEvent>> onAck = _ -> {};

  private final List<RecordedEvent> earlier = new CopyOnWriteArrayList<>();

  RoughFeeds(EventFeeds feeds, long seed) {
    this.feeds = feeds;
    this.random = new Random(seed);
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
    FeedCursor cursor = feeds.open(group);
    return new FeedCursor() {
      @Override
      public Uni<List<RecordedEvent>> next(int most) {
        return cursor.next(Math.max(1, most / 8)).map(events -> rough(cursor, events));
      }

      @Override
      public void ack(List<RecordedEvent> events) {
        onAck.accept(events);
        cursor.ack(events);
      }

      @Override
      public void close() {
        cursor.close();
      }
    };
  }

  private List<RecordedEvent> rough(FeedCursor cursor, List<RecordedEvent> events) {
    List<RecordedEvent> rough = new ArrayList<>();
    for (RecordedEvent event : events) {
      if (swallowed.test(event)) {
        cursor.ack(List.of(event));
      } else {
        rough.add(event);
      }
    }
    for (int i = 0; i < 5 && !earlier.isEmpty(); i++) {
      rough.add(earlier.get(random.nextInt(earlier.size())));
    }
    earlier.addAll(events);
    Collections.shuffle(rough, random);
    return rough;
  }
}
