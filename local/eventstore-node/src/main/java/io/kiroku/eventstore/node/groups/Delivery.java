package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.groups.Group.Refusal;
import io.kiroku.eventstore.node.groups.Progress.Checkpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// The messages of one group between being read and being done with: waiting, with a consumer, or
/// on their way to the parked stream. Every method is one step under one lock, and none blocks.
final class Delivery {
  private final GroupSettings settings;
  private final CheckpointStream checkpoints;
  private final ParkedStream parked;
  private final Runnable wantMore;
  private final MessageQueue queue = new MessageQueue();
  private final Room room;
  private final Consumers consumers;
  private final Progress progress;
  private final Set<Message> parking = new HashSet<>();
  private final Set<Message> replaying = new HashSet<>();
  private String lastKnown = "";
  private boolean ended;

  /// @param wantMore told when there is room for more, or all that was replayed is done with
  Delivery(
      GroupSettings settings,
      CheckpointStream checkpoints,
      ParkedStream parked,
      Runnable wantMore) {
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.parked = parked;
    this.wantMore = wantMore;
    room = new Room(settings, queue);
    consumers = new Consumers(settings);
    progress = new Progress(settings);
  }

  synchronized void startAt(long place, long lastCheckpoint) {
    progress.startAt(place, lastCheckpoint);
  }

  synchronized long next() {
    return progress.next();
  }

  /// How many messages can be read now, old ones or as they come.
  synchronized int room(boolean live) {
    return live ? room.messagesLive() : room.messages();
  }

  /// How many bytes these may have together, but for the one that does not fit any more.
  synchronized long roomBytes() {
    return room.bytes();
  }

  /// Takes over what was read; see [Progress#read].
  synchronized void read(List<Message> messages, int looked, long nextPlace) {
    progress.read(messages, looked, nextPlace);
    room.take(messages);
    queue.read(messages);
    if (!messages.isEmpty()) {
      lastKnown = checkpoints.source().text(messages.getLast().place());
    }
    push();
    checkpointIfDue(false);
  }

  /// Delivers what was parked, before anything else that has not been delivered yet.
  synchronized void replay(List<Message> messages) {
    replaying.addAll(messages);
    room.take(messages);
    queue.retry(messages);
    push();
  }

  /// Whether messages that were parked are not done with yet.
  synchronized boolean replaying() {
    return !replaying.isEmpty();
  }

  /// Returns false if the group has all the consumers it may have.
  synchronized boolean connect(GroupConsumer consumer) {
    int max = settings.consumersMax();
    if (max > 0 && consumers.count() >= max) {
      return false;
    }
    consumer.output().connected();
    if (ended) {
      consumer.output().dropped();
      return true;
    }
    consumers.add(consumer);
    pushMore();
    return true;
  }

  synchronized int consumers() {
    return consumers.count();
  }

  synchronized void disconnect(GroupConsumer consumer) {
    consumers.remove(consumer).forEach(this::retry);
    push();
  }

  /// The consumer takes more than it did.
  synchronized void resume() {
    pushMore();
  }

  synchronized void acknowledge(GroupConsumer consumer, List<UUID> ids) {
    if (!ended) {
      consumers.takeBack(consumer, ids).forEach(this::done);
      pushMore();
    }
  }

  synchronized void refuse(GroupConsumer consumer, List<UUID> ids, Refusal refusal, String reason) {
    if (ended) {
      return;
    }
    for (Message message : consumers.takeBack(consumer, ids)) {
      switch (refusal) {
        case RETRY -> retry(message);
        case PARK -> park(message, "Client explicitly NAK'ed message.\n" + reason);
        case SKIP -> done(message);
      }
    }
    pushMore();
  }

  /// Once a second: what was not answered in time is retried, and a slow group's place is kept.
  synchronized void tick() {
    if (ended) {
      return;
    }
    consumers.takeBackLate().forEach(this::retry);
    push();
    checkpointIfDue(true);
  }

  private void done(Message message) {
    progress.done(message);
    room.release(message);
    if (replaying.remove(message) && replaying.isEmpty()) {
      wantMore.run();
    }
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
    queue.retry(message);
  }

  /// A message that cannot be parked just now is delivered again instead of being lost.
  private void park(Message message, String reason) {
    parking.add(message);
    parked.park(message, reason, written -> parked(message, written));
  }

  private synchronized void parked(Message message, boolean written) {
    parking.remove(message);
    if (written) {
      done(message);
      pushMore();
    } else {
      queue.retry(message);
    }
  }

  private void pushMore() {
    push();
    checkpointIfDue(false);
    if (room.messages() > 0) {
      wantMore.run();
    }
  }

  /// Delivers nothing from now on; returns who was connected.
  synchronized List<GroupConsumer> end() {
    ended = true;
    return consumers.all();
  }

  private void push() {
    if (!ended) {
      consumers.push(queue);
    }
  }

  private void checkpointIfDue(boolean tick) {
    if (!ended && progress.due(tick)) {
      writeCheckpoint();
    }
  }

  /// Keeps the place of whatever is done, however little it is.
  synchronized void checkpointNow() {
    if (!ended && progress.advanced()) {
      writeCheckpoint();
    }
  }

  private void writeCheckpoint() {
    Checkpoint checkpoint = progress.write();
    checkpoints.write(checkpoint.place(), written -> written(checkpoint, written));
  }

  private synchronized void written(Checkpoint checkpoint, boolean success) {
    progress.written(checkpoint, success);
    if (success) {
      checkpointIfDue(false); // what was done meanwhile
    }
  }

  synchronized DeliveryState state() {
    long checkpoint = progress.checkpoint();
    return new DeliveryState(
        checkpoint == CheckpointStream.NONE ? "" : checkpoints.source().text(checkpoint),
        lastKnown,
        consumers.delivered(),
        queue.readCount(),
        queue.retriedCount(),
        consumers.inFlight(),
        consumers.inFlight() + parking.size(),
        consumers.states());
  }
}
