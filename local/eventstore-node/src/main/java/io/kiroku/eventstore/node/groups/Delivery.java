package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.groups.Group.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The messages of one group between being read and being done with: waiting, to be retried, with a
/// consumer, or on their way to the parked stream. Every method is one step under one lock, and
/// none blocks.
final class Delivery {
  private final GroupSettings settings;
  private final Dispatch dispatch;
  private final GroupWrites writes;
  private final Runnable wantMore;
  private final Queue<Message> waiting = new ArrayDeque<>();
  private final PriorityQueue<Message> retrying = new PriorityQueue<>(Message.BY_PLACE);
  private final Map<UUID, Message> inFlight = new HashMap<>();
  private final Set<Message> parking = new HashSet<>();
  private final Set<Message> replaying = new HashSet<>();
  private @Nullable Runnable replayed;
  private long next;
  private long checkpoint;
  private long checkpointNanos = System.nanoTime();
  private long doneSinceCheckpoint;
  private boolean writingCheckpoint;
  private long total;
  private boolean ended;

  Delivery(GroupSettings settings, Dispatch dispatch, GroupWrites writes, Runnable wantMore) {
    this.settings = settings;
    this.dispatch = dispatch;
    this.writes = writes;
    this.wantMore = wantMore;
  }

  synchronized void startAt(long place, long lastCheckpoint) {
    next = place;
    checkpoint = lastCheckpoint;
  }

  synchronized long next() {
    return next;
  }

  /// How many more messages should be read now.
  synchronized int room() {
    int free = Math.max(1, settings.historyBufferSize()) - waiting.size() - retrying.size();
    return free > settings.readBatchSize() || waiting.isEmpty() ? Math.max(0, free) : 0;
  }

  synchronized void offer(List<Message> messages, int skipped, long nextPlace) {
    waiting.addAll(messages);
    next = nextPlace;
    doneSinceCheckpoint += skipped;
    push();
    checkpointIfDue(false);
  }

  synchronized void replay(List<Message> messages, Runnable whenDone) {
    replayed = whenDone;
    replaying.addAll(messages);
    retrying.addAll(messages);
    push();
    replayDone(null);
  }

  synchronized boolean connect(GroupConsumer consumer) {
    if (ended) {
      consumer.output().dropped();
      return true;
    }
    int max = settings.consumersMax();
    if (max > 0 && dispatch.consumers().size() >= max) {
      return false;
    }
    dispatch.connected(consumer);
    push();
    return true;
  }

  synchronized void pushOn() {
    pushMore();
  }

  synchronized void disconnect(GroupConsumer consumer) {
    dispatch.disconnected(consumer);
    List<Message> left =
        inFlight.values().stream().filter(m -> consumer.equals(m.consumer)).toList();
    left.forEach(this::takeBack);
    left.stream().sorted(Message.BY_PLACE).forEach(this::retry);
    push();
  }

  synchronized void acknowledge(GroupConsumer consumer, List<UUID> ids) {
    for (UUID id : ids) {
      Message message = inFlight.get(id);
      if (message != null && consumer.equals(message.consumer)) {
        takeBack(message);
        done(message);
      }
    }
    pushMore();
  }

  synchronized void refuse(GroupConsumer consumer, List<UUID> ids, Refusal refusal, String reason) {
    for (UUID id : ids) {
      Message message = inFlight.get(id);
      if (message != null && consumer.equals(message.consumer)) {
        takeBack(message);
        switch (refusal) {
          case RETRY -> retry(message);
          case PARK -> park(message, "Client explicitly NAK'ed message.\n" + reason);
          case SKIP -> done(message);
        }
      }
    }
    pushMore();
  }

  /// Once a second: what was not answered in time is retried, and a slow group's place is kept.
  synchronized void tick() {
    if (ended) {
      return;
    }
    long now = System.nanoTime();
    List<Message> late =
        inFlight.values().stream().filter(m -> m.deadlineNanos - now <= 0).toList();
    late.forEach(this::takeBack);
    late.stream().sorted(Message.BY_PLACE).forEach(this::retry);
    push();
    checkpointIfDue(true);
  }

  private void takeBack(Message message) {
    inFlight.remove(message.id());
    if (message.consumer != null) {
      message.consumer.answered();
      message.consumer = null;
    }
  }

  private void done(Message message) {
    doneSinceCheckpoint++;
    replayDone(message);
  }

  private void retry(Message message) {
    if (ended) {
      return;
    }
    if (message.retries >= settings.retriesMax()) {
      park(message, "Reached retry count of " + settings.retriesMax());
      return;
    }
    message.retries++;
    retrying.add(message);
  }

  /// A message that cannot be parked just now is delivered again instead of being lost.
  private void park(Message message, String reason) {
    parking.add(message);
    writes.park(message, reason, written -> parked(message, written));
  }

  private synchronized void parked(Message message, boolean written) {
    parking.remove(message);
    if (written) {
      done(message);
      checkpointIfDue(false);
    } else {
      retrying.add(message);
    }
  }

  private void replayDone(@Nullable Message message) {
    replaying.remove(message);
    if (replaying.isEmpty() && replayed != null) {
      Runnable listener = replayed;
      replayed = null;
      listener.run();
    }
  }

  private void pushMore() {
    push();
    checkpointIfDue(false);
    if (room() > 0) {
      wantMore.run();
    }
  }

  /// Delivers nothing from now on; returns who was connected.
  synchronized List<GroupConsumer> end() {
    ended = true;
    return dispatch.consumers();
  }

  private void push() {
    if (ended) {
      return;
    }
    List<Message> passedOver = new ArrayList<>();
    for (Message message = peek(); message != null; message = peek()) {
      boolean twice = inFlight.containsKey(message.id()); // ids are unique per stream only
      GroupConsumer consumer = twice ? null : dispatch.choose(message);
      if (consumer == null && !twice && !dispatch.mayPassOver()) {
        break;
      }
      take();
      if (consumer == null) {
        passedOver.add(message);
      } else {
        deliver(message, consumer);
      }
    }
    retrying.addAll(passedOver);
  }

  private @Nullable Message peek() {
    return retrying.isEmpty() ? waiting.peek() : retrying.peek();
  }

  private void take() {
    if (retrying.poll() == null) {
      waiting.remove();
    }
  }

  private void deliver(Message message, GroupConsumer consumer) {
    message.consumer = consumer;
    message.deadlineNanos =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.messageTimeoutMillis());
    inFlight.put(message.id(), message);
    total++;
    consumer.deliver(message);
  }

  private void checkpointIfDue(boolean tick) {
    boolean many = doneSinceCheckpoint >= Math.max(1, settings.checkpointCountMax());
    long elapsed = System.nanoTime() - checkpointNanos;
    boolean old =
        tick
            && settings.checkpointAfterMillis() > 0
            && doneSinceCheckpoint >= Math.max(1, settings.checkpointCountMin())
            && elapsed >= TimeUnit.MILLISECONDS.toNanos(settings.checkpointAfterMillis());
    if (many || old) {
      writeCheckpoint();
    }
  }

  /// Keeps the place of whatever is done, however little it is.
  synchronized void checkpointNow() {
    if (doneSinceCheckpoint > 0) {
      writeCheckpoint();
    }
  }

  private void writeCheckpoint() {
    long place = firstUndone() - 1;
    if (ended || writingCheckpoint || place <= checkpoint) {
      return;
    }
    writingCheckpoint = true;
    long counted = doneSinceCheckpoint;
    checkpointNanos = System.nanoTime();
    writes.checkpoint(place, written -> checkpointWritten(place, counted, written));
  }

  private synchronized void checkpointWritten(long place, long counted, boolean written) {
    writingCheckpoint = false;
    if (written) {
      checkpoint = place;
      doneSinceCheckpoint -= counted;
    }
  }

  private long firstUndone() {
    long first = next;
    for (Message message : inFlight.values()) {
      first = Math.min(first, message.place());
    }
    for (Message message : parking) {
      first = Math.min(first, message.place());
    }
    Message retried = retrying.peek();
    Message waits = waiting.peek();
    first = Math.min(first, retried == null ? next : retried.place());
    return Math.min(first, waits == null ? next : waits.place());
  }

  synchronized GroupState state(
      GroupSource source, String start, long end, boolean replay, long parkedCount) {
    String status = next >= end ? "Live" : "Behind";
    return new GroupState(
        replay ? "ReplayingParkedMessages, " + status : status,
        start,
        checkpoint < 0 ? "" : source.text(checkpoint),
        next == 0 ? "" : source.text(next - 1),
        total,
        waiting.size(),
        retrying.size(),
        inFlight.size(),
        parkedCount,
        dispatch.consumers().stream().map(GroupConsumer::state).toList());
  }
}
