package io.kiroku.eventstore;

import io.kiroku.eventstore.EventFeeds.FeedCursor;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// One group: what a member has and did not acknowledge goes to others when it leaves.
final class InMemoryFeed {
  private final InMemoryEventStore store;
  private final Set<String> prefixes;
  private final Set<UUID> acknowledged = new HashSet<>();
  private final Map<UUID, Member> handedOut = new HashMap<>();

  InMemoryFeed(InMemoryEventStore store, Set<String> prefixes) {
    this.store = store;
    this.prefixes = Set.copyOf(prefixes);
  }

  FeedCursor join() {
    return new Member();
  }

  private synchronized List<RecordedEvent> take(Member member, int most) {
    List<RecordedEvent> taken = new ArrayList<>();
    for (RecordedEvent event : store.after(EventLog.START, prefixes, Integer.MAX_VALUE)) {
      boolean open = !acknowledged.contains(event.id()) && !handedOut.containsKey(event.id());
      if (open && taken.size() < most) {
        handedOut.put(event.id(), member);
        taken.add(event);
      }
    }
    return taken;
  }

  private synchronized void acknowledge(List<RecordedEvent> events) {
    for (RecordedEvent event : events) {
      acknowledged.add(event.id());
      handedOut.remove(event.id());
    }
  }

  private synchronized void leave(Member member) {
    handedOut.values().removeIf(member::equals);
  }

  private final class Member implements FeedCursor {
    private final Waiting<List<RecordedEvent>> waiting = new Waiting<>(this::batch);
    private final Runnable listener = waiting::wake;
    private int most;

    Member() {
      store.listen(listener);
    }

    @Override
    public Uni<List<RecordedEvent>> next(int most) {
      return Uni.createFrom()
          .deferred(() -> {
            this.most = most;
            return waiting.next();
          });
    }

    private Optional<List<RecordedEvent>> batch() {
      return Optional.of(take(this, most)).filter(events -> !events.isEmpty());
    }

    @Override
    public void ack(List<RecordedEvent> events) {
      acknowledge(events);
    }

    @Override
    public void close() {
      store.forget(listener);
      leave(this);
    }
  }
}
