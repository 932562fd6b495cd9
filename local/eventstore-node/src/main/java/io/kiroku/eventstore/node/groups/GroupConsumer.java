package io.kiroku.eventstore.node.groups;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connected consumer of a group. Guarded by its group.
public final class GroupConsumer {
  /// What may be on the way to a client that does not take it just now.
  private static final long UNTAKEN_BYTES_MAX = 1 << 20;

  private final Output output;
  private final String connection;
  private final int slots;
  private final Meter meter = new Meter();
  private final @Nullable Timings timings;
  private int inFlight;
  private long inFlightBytes;

  /// @param slots how many messages may be unanswered at a time
  /// @param timed whether the time that answers take is to be measured
  GroupConsumer(Output output, String connection, int slots, boolean timed) {
    this.output = output;
    this.connection = connection;
    this.slots = slots;
    timings = timed ? new Timings() : null;
  }

  boolean free() {
    return inFlight < slots && (inFlightBytes < UNTAKEN_BYTES_MAX || output.ready());
  }

  void deliver(Message message) {
    inFlight++;
    inFlightBytes += message.sizeBytes();
    meter.count();
    output.deliver(message);
  }

  /// The message is taken back, with or without an answer.
  void answered(Message message) {
    inFlight--;
    inFlightBytes -= message.sizeBytes();
    if (timings != null) {
      timings.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - message.deliveredNanos));
    }
  }

  Output output() {
    return output;
  }

  ConsumerState state() {
    return new ConsumerState(
        connection,
        meter.take(),
        slots - inFlight,
        inFlight,
        timings == null ? List.of() : timings.measurements());
  }

  /// What is shown of it.
  public record ConsumerState(
      String connection,
      Throughput delivered,
      int freeSlots,
      int inFlight,
      List<Measurement> measurements) {}

  /// Where a consumer's messages go. Called one at a time; must not block.
  public interface Output {
    /// Whether more can be sent without piling up here.
    boolean ready();

    /// Messages may follow from now on.
    void connected();

    void deliver(Message message);

    /// The group was deleted, changed or restarted.
    void dropped();

    /// This node ends.
    void closed();
  }
}
