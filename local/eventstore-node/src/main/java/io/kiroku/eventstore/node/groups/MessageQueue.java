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

  void read(Collection<Message> messages) {
    read.addAll(messages);
  }

  void retry(Message message) {
    retried.add(message);
  }

  void retry(Collection<Message> messages) {
    retried.addAll(messages);
  }

  @Nullable Message peek() {
    return retried.isEmpty() ? read.peek() : retried.peek();
  }

  void take() {
    if (retried.poll() == null) {
      read.remove();
    }
  }

  int readCount() {
    return read.size();
  }

  int retriedCount() {
    return retried.size();
  }
}
