package io.kiroku.eventstore;

import org.jspecify.annotations.Nullable;

/// A stream folded to its end.
///
/// @param revision [EventStore#NO_STREAM] if nothing was recorded
/// @param position of the last event, [EventLog#START] if there is none
/// @param tenant of the first event; null if there is none
/// @param owner the actor of the first event; null if there is none
public record Folded<S>(
    S state, long revision, long position, @Nullable String tenant, @Nullable String owner) {
  public boolean exists() {
    return revision != EventStore.NO_STREAM;
  }
}
