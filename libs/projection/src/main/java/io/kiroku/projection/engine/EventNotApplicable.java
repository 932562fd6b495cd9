package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;

/// What a document is from this event on cannot be told: a projection parks the stream here.
public final class EventNotApplicable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String error;

  EventNotApplicable(StreamId stream, Folding.Failure failure) {
    // What failed may quote data: only the place is passed on.
    super("%s cannot be told from revision %d on".formatted(stream, failure.revision()));
    this.error = failure.error();
  }

  /// What failed; for operators.
  String error() {
    return error;
  }
}
