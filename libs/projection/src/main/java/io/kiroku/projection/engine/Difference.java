package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;

/// A stored document that is not what its stream says.
///
/// @param revision that the document is said to show; -1 for none
/// @param kind what is wrong
/// @param detail for people
public record Difference(StreamId stream, long revision, Kind kind, String detail) {
  /// What can be wrong.
  public enum Kind {
    /// The document is another one.
    CONTENT,
    /// Events below the watermark were not applied, and no marker says why.
    MISSING_EVENTS,
    /// An event that was applied cannot be applied by today's code.
    NOT_APPLICABLE,
    /// The document shows events that its stream does not have, or there is no such stream.
    AHEAD_OF_LOG
  }
}
