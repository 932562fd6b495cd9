package io.kiroku.command.saga;

import io.kiroku.eventstore.StreamId;

/// Which saga: ids are only unique within a kind, and two processes may be about one order.
///
/// @param category of its stream
public record SagaKey(String category, String id) {
  StreamId stream() {
    return StreamId.of(category, id);
  }

  @Override
  public String toString() {
    return category + "-" + id;
  }
}
