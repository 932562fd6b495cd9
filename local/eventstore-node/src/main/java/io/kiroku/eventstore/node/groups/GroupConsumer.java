package io.kiroku.eventstore.node.groups;

/// One connected consumer of a group. Guarded by its group.
public final class GroupConsumer {
  private final Output output;
  private final String peer;
  private final String connection;
  private final int slots;
  private int inFlight;
  private long delivered;

  /// @param slots how many messages may be unanswered at a time
  public GroupConsumer(Output output, String peer, String connection, int slots) {
    this.output = output;
    this.peer = peer;
    this.connection = connection;
    this.slots = slots;
  }

  boolean free() {
    return inFlight < slots && output.ready();
  }

  void deliver(Message message) {
    inFlight++;
    delivered++;
    output.deliver(message);
  }

  void answered() {
    inFlight--;
  }

  Output output() {
    return output;
  }

  ConsumerState state() {
    return new ConsumerState(peer, connection, delivered, slots - inFlight, inFlight);
  }

  /// What is shown of it.
  public record ConsumerState(
      String peer, String connection, long delivered, int freeSlots, int inFlight) {}

  /// Where a consumer's messages go. Called one at a time; must not block.
  public interface Output {
    /// Whether the client takes what it is sent. Once it does again, [Group#pushOn] is to be
    /// called.
    default boolean ready() {
      return true;
    }

    void deliver(Message message);

    /// The group was deleted, changed or restarted.
    void dropped();

    /// This node ends.
    void closed();
  }
}
