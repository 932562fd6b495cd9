package io.kiroku.eventstore.node.groups;

import java.util.Collection;

/// How much more a group may read ahead: as many messages as its settings say, and only so many
/// bytes. A message that is bigger than that comes alone. Guarded by its group.
final class Room {
  private static final int PAGE_DEFAULT = 10;
  private static final int PAGE_MAX = 100;

  /// What waits for a consumer, roughly.
  static final long WAITING_BYTES_MAX = 4 << 20;

  /// What waits, is with consumers or is being parked, roughly. More than what waits, for a
  /// consumer may want to see many messages before it answers the first.
  private static final long HELD_BYTES_MAX = 32 << 20;

  private final GroupSettings settings;
  private final MessageQueue queue;
  private long heldBytes;

  Room(GroupSettings settings, MessageQueue queue) {
    this.settings = settings;
    this.queue = queue;
  }

  void take(Collection<Message> messages) {
    messages.forEach(message -> heldBytes += message.sizeBytes());
  }

  /// The message is done with.
  void release(Message message) {
    heldBytes -= message.sizeBytes();
  }

  /// How many messages should be read now, while there are old ones: so many pages as fit.
  int messages() {
    int free = settings.historyBufferSize() - queue.readCount() - queue.retriedCount();
    int batch = settings.readBatchSize();
    int page = batch <= 0 ? PAGE_DEFAULT : Math.min(batch, PAGE_MAX);
    return free > batch && bytes() > 0 ? Math.ceilDiv(free - Math.max(0, batch), page) * page : 0;
  }

  /// How many messages can be taken as they come.
  int messagesLive() {
    return bytes() > 0 ? settings.historyBufferSize() - queue.readCount() : 0;
  }

  /// How many bytes they may have together; none can be read if it is not positive.
  long bytes() {
    return Math.min(WAITING_BYTES_MAX - queue.sizeBytes(), HELD_BYTES_MAX - heldBytes);
  }
}
