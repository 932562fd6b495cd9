package io.kiroku.eventstore.node.groups;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// How far a group is, and when that is worth writing down: all before the first message that is
/// not done with. What the filter leaves out counts like what is done. Guarded by its group.
final class Progress {
  private final GroupSettings settings;
  private final NavigableSet<Message> undone = new TreeSet<>(Message.IN_ORDER);
  private long next;
  private long counted;
  private long checkpoint = CheckpointStream.NONE;
  private long checkpointCounted;
  private long checkpointNanos;
  private boolean writing;

  /// A place that is to be written down.
  ///
  /// @param counted messages up to there, left out ones included, since the group started
  record Checkpoint(long place, long counted) {}

  Progress(GroupSettings settings) {
    this.settings = settings;
    checkpointNanos = System.nanoTime() - millis(settings.checkpointAfterMillis());
  }

  void startAt(long place, long lastCheckpoint) {
    next = place;
    checkpoint = lastCheckpoint;
  }

  /// The place to be read next.
  long next() {
    return next;
  }

  /// The place written down last, or [CheckpointStream#NONE].
  long checkpoint() {
    return checkpoint;
  }

  /// Takes over what was read, up to (not including) that place.
  ///
  /// @param messages in order; the number of each is its place among all that were looked at
  /// @param looked how many were looked at
  void read(List<Message> messages, int looked, long nextPlace) {
    messages.forEach(message -> message.number += counted);
    undone.addAll(messages);
    counted += looked;
    next = nextPlace;
  }

  void done(Message message) {
    undone.remove(message);
  }

  /// Whether so much is done since the last time, or for so long, that it should be written down.
  boolean due(boolean tick) {
    long since = doneCount() - checkpointCounted;
    boolean many = since >= Math.max(1, settings.checkpointCountMax());
    boolean old =
        tick
            && settings.checkpointAfterMillis() > 0
            && since >= Math.max(1, settings.checkpointCountMin())
            && System.nanoTime() - checkpointNanos >= millis(settings.checkpointAfterMillis());
    return (many || old) && advanced();
  }

  /// Whether anything is done that is not written down or about to be.
  boolean advanced() {
    return !writing && doneCount() > checkpointCounted && donePlace() > checkpoint;
  }

  /// There is one of these at a time, until [#written].
  Checkpoint write() {
    writing = true;
    checkpointNanos = System.nanoTime();
    return new Checkpoint(donePlace(), doneCount());
  }

  void written(Checkpoint written, boolean success) {
    writing = false;
    if (success) {
      checkpoint = written.place();
      checkpointCounted = written.counted();
    }
  }

  private long donePlace() {
    return undone.isEmpty() ? next - 1 : undone.first().place() - 1;
  }

  private long doneCount() {
    return undone.isEmpty() ? counted : undone.first().number - 1;
  }

  private static long millis(int count) {
    return TimeUnit.MILLISECONDS.toNanos(count);
  }
}
