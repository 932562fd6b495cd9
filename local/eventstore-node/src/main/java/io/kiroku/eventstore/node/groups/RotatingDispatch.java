package io.kiroku.eventstore.node.groups;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Consumers in a queue: each message to the next one, or all to the first until it is full.
final class RotatingDispatch implements Dispatch {
  private final boolean everyMessage;
  private final Deque<GroupConsumer> queue = new ArrayDeque<>();

  RotatingDispatch(boolean everyMessage) {
    this.everyMessage = everyMessage;
  }

  @Override
  public @Nullable GroupConsumer choose(Message message) {
    for (int tried = 0; tried < queue.size(); tried++) {
      GroupConsumer first = queue.remove();
      if (first.free() && !everyMessage) {
        queue.addFirst(first);
        return first;
      }
      queue.addLast(first);
      if (first.free()) {
        return first;
      }
    }
    return null;
  }

  @Override
  public boolean mayPassOver() {
    return false;
  }

  @Override
  public void connected(GroupConsumer consumer, Collection<Message> inFlight) {
    queue.addLast(consumer);
  }

  @Override
  public void disconnected(GroupConsumer consumer) {
    queue.remove(consumer);
  }

  @Override
  public List<GroupConsumer> consumers() {
    return List.copyOf(queue);
  }
}
