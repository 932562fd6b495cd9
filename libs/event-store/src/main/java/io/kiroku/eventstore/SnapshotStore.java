package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import java.util.List;

/// Streams of which only the newest batch counts; the store may drop older ones.
public interface SnapshotStore {
  /// How many events a batch may have.
  int PARTS_MAX = 50;

  /// Nothing is kept.
  SnapshotStore NONE =
      new SnapshotStore() {
        @Override
        public Uni<List<RecordedEvent>> latest(StreamId stream, int most) {
          return Uni.createFrom().item(List.of());
        }

        @Override
        public Uni<Void> put(StreamId stream, List<NewEvent> parts) {
          return Uni.createFrom().voidItem();
        }
      };

  /// The newest events of a stream, newest first; empty if there are none. Fails with
  /// [EventStoreUnavailable].
  Uni<List<RecordedEvent>> latest(StreamId stream, int most);

  /// Appends all parts, at most [#PARTS_MAX], in a row, whatever the stream holds. Fails with
  /// [EventStoreUnavailable].
  Uni<Void> put(StreamId stream, List<NewEvent> parts);
}
