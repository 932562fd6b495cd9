package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.groups.GroupConsumer.ConsumerState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Who is connected to a group, and which messages they have. Guarded by its group.
final class Consumers {
  private final Dispatch dispatch;
  private final InFlight inFlight;
  private final Meter meter = new Meter();

  Consumers(GroupSettings settings) {
    dispatch = Dispatch.named(settings.strategy());
    inFlight = new InFlight(settings.messageTimeoutMillis());
  }

  void add(GroupConsumer consumer) {
    dispatch.connected(consumer, inFlight.all());
  }

  /// Returns what it had, in order.
  List<Message> remove(GroupConsumer consumer) {
    dispatch.disconnected(consumer);
    return inFlight.takeBack(consumer);
  }

  /// Takes these back from the consumer, as far as it has them.
  List<Message> takeBack(GroupConsumer consumer, List<UUID> ids) {
    return inFlight.takeBack(consumer, ids);
  }

  /// Takes back what was not answered in time, in order.
  List<Message> takeBackLate() {
    return inFlight.takeBackLate();
  }

  /// Delivers what they take of these.
  void push(MessageQueue queue) {
    List<Message> passedOver = new ArrayList<>();
    for (Message message = queue.peek(); message != null; message = queue.peek()) {
      boolean twice = inFlight.has(message.id());
      GroupConsumer consumer = twice ? null : dispatch.choose(message);
      if (consumer == null && !twice && !dispatch.mayPassOver()) {
        break;
      }
      queue.take();
      if (consumer == null) {
        passedOver.add(message);
      } else {
        meter.count();
        inFlight.deliver(message, consumer);
      }
    }
    queue.retry(passedOver);
  }

  List<GroupConsumer> all() {
    return dispatch.consumers();
  }

  int count() {
    return dispatch.consumers().size();
  }

  /// How many messages they have.
  int inFlight() {
    return inFlight.size();
  }

  /// What was delivered since this was asked last, and in all.
  Throughput delivered() {
    return meter.take();
  }

  List<ConsumerState> states() {
    return dispatch.consumers().stream().map(GroupConsumer::state).toList();
  }
}
