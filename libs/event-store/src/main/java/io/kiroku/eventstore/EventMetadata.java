package io.kiroku.eventstore;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where an event comes from.
///
/// @param correlationId the business transaction; also the id of the client's job
/// @param causationId the message that this is the answer to
/// @param commandId the command that was decided, see [CommandIds]
/// @param requestHash hash of the client's request, before anything was added to it
/// @param sagaId the saga that asked for it
/// @param traceparent W3C trace context of the request
/// @param triggerPosition log position of the event that a saga's event answers
public record EventMetadata(
    UUID correlationId,
    UUID causationId,
    UUID commandId,
    String requestHash,
    String actor,
    String tenant,
    @Nullable String sagaId,
    @Nullable String traceparent,
    @Nullable Long triggerPosition) {}
