package io.kiroku.eventstore;

import java.util.UUID;

/// An event to be appended.
///
/// @param type the stored name, see [io.kiroku.decider.EventType]
/// @param data JSON in UTF-8; not copied
// The array is handed on to a client that wants one; nobody compares events by value.
@SuppressWarnings("ArrayRecordComponent")
public record NewEvent(UUID id, String type, byte[] data, EventMetadata metadata) {}
