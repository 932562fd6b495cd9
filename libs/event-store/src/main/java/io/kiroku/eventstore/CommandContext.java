package io.kiroku.eventstore;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who asks, and for what request; it becomes the metadata of the events that follow.
///
/// @param commandId see [CommandIds#commandId]
/// @param requestHash see [CommandIds#requestHash]
/// @param expectedRevision what the caller saw; null if any will do
public record CommandContext(
    UUID commandId,
    String requestHash,
    String actor,
    String tenant,
    UUID correlationId,
    UUID causationId,
    @Nullable String sagaId,
    @Nullable String traceparent,
    @Nullable Long expectedRevision) {
  /// The same command on a revision that was looked at meanwhile.
  public CommandContext expecting(@Nullable Long revision) {
    return new CommandContext(
        commandId,
        requestHash,
        actor,
        tenant,
        correlationId,
        causationId,
        sagaId,
        traceparent,
        revision);
  }

  /// For what the command needs done in a further stream: a command of its own, which it causes. No
  /// two are the same, so a repetition is recognised by the rules, from the state it finds.
  public CommandContext further(@Nullable Long revision) {
    return new CommandContext(
        UUID.randomUUID(),
        requestHash,
        actor,
        tenant,
        correlationId,
        commandId,
        sagaId,
        traceparent,
        revision);
  }

  EventMetadata metadata() {
    return new EventMetadata(
        correlationId,
        causationId,
        commandId,
        requestHash,
        actor,
        tenant,
        sagaId,
        traceparent,
        null);
  }
}
