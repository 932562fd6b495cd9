package io.kiroku.query;

import io.kiroku.eventstore.EventFeeds;
import io.kiroku.eventstore.RecordedEvent;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Delivers everything twice and in disorder, and now and then what came long ago.
public final class TwiceAndShuffled implements EventFeeds {
  private static final int BATCH_MOST = 20;

  private final EventFeeds feeds;
  private final Random random;
  private final List<RecordedEvent> earlier = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong repeated = new AtomicLong();

  public TwiceAndShuffled(EventFeeds feeds, Random random) {
    this.feeds = feeds;
    this.random = random;
  }

  /// How many deliveries were repetitions.
  public long repeated() {
    return repeated.get();
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
        return cursor.next(Math.min(most, BATCH_MOST)).map(TwiceAndShuffled.this::rough);
      }

      @Override
      public void ack(List<RecordedEvent> events) {
        cursor.ack(events);
      }

      @Override
      public void close() {
        cursor.close();
      }
    };
  }

  private List<RecordedEvent> rough(List<RecordedEvent> events) {
    List<RecordedEvent> rough = new ArrayList<>(events);
    rough.addAll(events);
    if (!earlier.isEmpty()) {
      rough.add(earlier.get(random.nextInt(earlier.size())));
    }
    repeated.addAndGet(rough.size() - (long) events.size());
    earlier.addAll(events);
    Collections.shuffle(rough, random);
    return rough;
  }
}
