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
