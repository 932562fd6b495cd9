package io.kiroku.eventstore.node.groups;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// What waits in a group for a consumer: what is to be retried first, in order of its place, then
/// what was read. Guarded by its group.
final class MessageQueue {
  private final Queue<Message> read = new ArrayDeque<>();
  private final PriorityQueue<Message> retried = new PriorityQueue<>(Message.IN_ORDER);
  private long sizeBytes;

  void read(Collection<Message> messages) {
    read.addAll(messages);
    messages.forEach(message -> sizeBytes += message.sizeBytes());
  }

  void retry(Message message) {
    retried.add(message);
    sizeBytes += message.sizeBytes();
  }

  void retry(Collection<Message> messages) {
    messages.forEach(this::retry);
  }

  @Nullable Message peek() {
    return retried.isEmpty() ? read.peek() : retried.peek();
  }

  void take() {
    Message first = retried.isEmpty() ? read.remove() : retried.remove();
    sizeBytes -= first.sizeBytes();
  }

  long sizeBytes() {
    return sizeBytes;
  }

  int readCount() {
    return read.size();
  }

  int retriedCount() {
    return retried.size();
  }
}
