package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Contribution;

/// The place that one stream's contribution has in the documents.
public record Slot(StreamId stream, Contribution<?, ?> contribution) {
  public String key() {
    return contribution.key(stream);
  }

  public String field() {
    return contribution.field();
  }
}
