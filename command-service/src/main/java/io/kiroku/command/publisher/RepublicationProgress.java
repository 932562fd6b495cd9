package io.kiroku.command.publisher;

/// How far a republication is.
///
/// @param position everything up to here, inclusive, is in the outbox again
/// @param endPosition where it ends
/// @param rowsWaiting rows that the connector has not confirmed yet, at most as many as may be
public record RepublicationProgress(
    long position,
    long eventsRead,
    long messagesWritten,
    long endPosition,
    boolean done,
    long rowsWaiting) {
  static RepublicationProgress begin(long afterPosition, long endPosition) {
    return new RepublicationProgress(afterPosition, 0, 0, endPosition, false, 0);
  }

  RepublicationProgress moved(long newPosition, int events, int messages) {
    return new RepublicationProgress(
        newPosition,
        eventsRead + events,
        messagesWritten + messages,
        endPosition,
        newPosition >= endPosition,
        rowsWaiting);
  }

  /// The log has no more events before its end.
  RepublicationProgress ended() {
    return new RepublicationProgress(
        Math.max(position, endPosition),
        eventsRead,
        messagesWritten,
        endPosition,
        true,
        rowsWaiting);
  }

  RepublicationProgress waiting(long rows) {
    return new RepublicationProgress(
        position, eventsRead, messagesWritten, endPosition, done, rows);
  }
}
