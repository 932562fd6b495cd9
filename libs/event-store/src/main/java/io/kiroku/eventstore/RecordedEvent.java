package io.kiroku.eventstore;

import java.time.Instant;
import java.util.UUID;

/// An event as the log holds it.
///
/// @param revision place in its stream, from 0 without gaps
/// @param position place in the log, strictly increasing, with gaps
/// @param data JSON in UTF-8; not copied
// The array is the one that the client read; nobody compares events by value.
@SuppressWarnings("ArrayRecordComponent")
public record RecordedEvent(
    UUID id,
    StreamId stream,
    long revision,
    long position,
    Instant recordedAt,
    String type,
    byte[] data,
    EventMetadata metadata) {
  /// Never the data: a log line must not hold what customers wrote.
  @Override
  public String toString() {
    return type + " " + stream + "@" + revision;
  }
}
