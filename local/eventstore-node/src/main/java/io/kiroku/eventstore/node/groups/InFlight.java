package io.kiroku.eventstore.node.groups;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The messages that consumers have and have not answered. Guarded by its group.
final class InFlight {
  private final Map<UUID, Message> messages = new HashMap<>();
  private final long timeoutNanos;

  InFlight(int timeoutMillis) {
    timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
  }

  /// Whether a message with that id is with a consumer: ids are unique per stream only.
  boolean has(UUID id) {
    return messages.containsKey(id);
  }

  void deliver(Message message, GroupConsumer consumer) {
    message.consumer = consumer;
    message.deliveredNanos = System.nanoTime();
    messages.put(message.id(), message);
    consumer.deliver(message);
  }

  /// Takes these back from the consumer, as far as it has them.
  List<Message> takeBack(GroupConsumer consumer, List<UUID> ids) {
    List<Message> held = new ArrayList<>();
    for (UUID id : ids) {
      Message message = messages.get(id);
      if (message != null && consumer.equals(message.consumer)) {
        takeBack(message);
        held.add(message);
      }
    }
    return held;
  }

  /// Takes back all that the consumer has, in order.
  List<Message> takeBack(GroupConsumer consumer) {
    return takeBack(message -> consumer.equals(message.consumer));
  }

  /// Takes back what was not answered in time, in order.
  List<Message> takeBackLate() {
    long now = System.nanoTime();
    return takeBack(message -> now - message.deliveredNanos >= timeoutNanos);
  }

  private List<Message> takeBack(Predicate<Message> which) {
    List<Message> found =
        messages.values().stream().filter(which).sorted(Message.IN_ORDER).toList();
    found.forEach(this::takeBack);
    return found;
  }

  private void takeBack(Message message) {
    messages.remove(message.id());
    if (message.consumer != null) {
      message.consumer.answered(message);
      message.consumer = null;
    }
  }

  List<Message> all() {
    return List.copyOf(messages.values());
  }

  int size() {
    return messages.size();
  }
}
