package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// The store in memory: for tests of what stands on it, and the reference of the contract.
public final class InMemoryEventStore implements EventStore, EventLog, EventFeeds {
  /// Positions have gaps, like those of a real log, so that nobody counts on them.
  private static final long POSITION_STEP = 100;

  private final Clock clock;
  private final List<RecordedEvent> log = new ArrayList<>();
  private final Map<StreamId, List<RecordedEvent>> streams = new HashMap<>();
  private final Map<String, InMemoryFeed> feeds = new HashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  public InMemoryEventStore() {
    this(Clock.systemUTC());
  }

  public InMemoryEventStore(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Uni<List<RecordedEvent>> read(StreamId stream, long fromRevision, long most) {
    return Uni.createFrom()
        .item(() -> {
          synchronized (this) {
            return streams.getOrDefault(stream, List.of()).stream()
                .skip(fromRevision)
                .limit(most)
                .toList();
          }
        });
  }

  @Override
  public Uni<Appended> append(StreamId stream, long expectedRevision, List<NewEvent> events) {
    return Uni.createFrom()
        .item(() -> {
          Appended appended = write(stream, expectedRevision, List.copyOf(events));
          listeners.forEach(Runnable::run);
          return appended;
        });
  }

  private synchronized Appended write(StreamId stream, long expected, List<NewEvent> events) {
    List<RecordedEvent> recorded = streams.computeIfAbsent(stream, _ -> new ArrayList<>());
    long revision = recorded.size() - 1L;
    if (expected < revision && isRepeated(recorded, expected, events)) {
      RecordedEvent last = recorded.get((int) expected + events.size());
      return new Appended(last.revision(), last.position());
    }
    if (expected != revision) {
      throw new ConcurrencyConflict(stream, expected);
    }
    Instant now = clock.instant();
    for (NewEvent event : events) {
      RecordedEvent next =
          new RecordedEvent(
              event.id(),
              stream,
              recorded.size(),
              (log.size() + 1) * POSITION_STEP,
              now,
              event.type(),
              event.data(),
              event.metadata());
      recorded.add(next);
      log.add(next);
    }
    return new Appended(recorded.size() - 1L, log.size() * POSITION_STEP);
  }

  private static boolean isRepeated(
      List<RecordedEvent> recorded, long expected, List<NewEvent> events) {
    long first = expected + 1;
    if (first + events.size() > recorded.size()) {
      return false;
    }
    for (int i = 0; i < events.size(); i++) {
      if (!recorded.get((int) first + i).id().equals(events.get(i).id())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Uni<Long> head() {
    return Uni.createFrom().item(this::headNow);
  }

  synchronized long headNow() {
    return log.isEmpty() ? START : log.getLast().position();
  }

  @Override
  public Uni<List<RecordedEvent>> read(long afterPosition, int most) {
    return Uni.createFrom().item(() -> after(afterPosition, Set.of(), most));
  }

  @Override
  public Uni<List<RecordedEvent>> readBackwards(long beforePosition, int most) {
    return Uni.createFrom()
        .item(() -> {
          synchronized (this) {
            return log.stream()
                .filter(event -> event.position() < beforePosition)
                .sorted(Comparator.comparingLong(RecordedEvent::position).reversed())
                .limit(most)
                .toList();
          }
        });
  }

  @Override
  public LogCursor open(long afterPosition, Set<String> streamPrefixes) {
    return new InMemoryLogCursor(this, afterPosition, streamPrefixes);
  }

  @Override
  public synchronized Uni<Void> ensure(String group, Set<String> streamPrefixes) {
    feeds.computeIfAbsent(group, _ -> new InMemoryFeed(this, streamPrefixes));
    return Uni.createFrom().voidItem();
  }

  @Override
  public synchronized Uni<Void> remove(String group) {
    feeds.remove(group);
    return Uni.createFrom().voidItem();
  }

  @Override
  public synchronized FeedCursor open(String group) {
    InMemoryFeed feed = feeds.get(group);
    if (feed == null) {
      throw new IllegalArgumentException("No group " + group);
    }
    return feed.join();
  }

  synchronized List<RecordedEvent> after(long position, Set<String> prefixes, int most) {
    return log.stream()
        .filter(event -> event.position() > position)
        .filter(event -> matches(event, prefixes))
        .limit(most)
        .toList();
  }

  static boolean matches(RecordedEvent event, Set<String> prefixes) {
    return prefixes.isEmpty() || prefixes.stream().anyMatch(event.stream().value()::startsWith);
  }

  /// Calls back after each append, on the thread of whoever appended.
  void listen(Runnable listener) {
    listeners.add(listener);
  }

  void forget(Runnable listener) {
    listeners.remove(listener);
  }
}
