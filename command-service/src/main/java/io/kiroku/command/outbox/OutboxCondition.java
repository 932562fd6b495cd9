package io.kiroku.command.outbox;

import java.time.Duration;

/// What is on its way to Kafka, at one moment.
///
/// @param rows not yet deleted; some of them have gone already
/// @param oldestRow age of the oldest of them, zero if there is none
public record OutboxCondition(Slot slot, long rows, Duration oldestRow) {
  /// The connector's replication slot.
  public sealed interface Slot {
    /// @param lagBytes WAL between what the connector has confirmed and the end
    /// @param active whether the connector is connected
    record Held(long lagBytes, boolean active) implements Slot {}

    /// There is none, or the server has given up its WAL: what was written meanwhile may never
    /// leave.
    record Lost(String why) implements Slot {}
  }
}
