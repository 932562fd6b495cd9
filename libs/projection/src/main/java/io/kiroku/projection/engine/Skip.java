package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;
import java.time.Instant;

/// Events that an operator lets a projection pass over: the stream's revision moves, the document
/// stays. It holds for this version's documents for as long as they are kept.
///
/// @param from the event that failed
/// @param through the last that is passed over, inclusive
/// @param error why `from` failed
public record Skip(
    StreamId stream,
    long from,
    long through,
    String error,
    String actor,
    String reason,
    Instant at) {
  public boolean covers(long revision) {
    return from <= revision && revision <= through;
  }
}
