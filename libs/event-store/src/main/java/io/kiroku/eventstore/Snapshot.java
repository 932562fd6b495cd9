package io.kiroku.eventstore;

import org.jspecify.annotations.Nullable;

/// A folded stream as it was at a revision.
///
/// @param commands see [PackedCommands]
// The array is handed from one place to the next; nobody compares snapshots by value.
@SuppressWarnings("ArrayRecordComponent")
record Snapshot<S>(
    S state,
    long revision,
    long position,
    @Nullable String tenant,
    @Nullable String owner,
    byte[] commands) {}
