package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The markers of one projection's parked streams. Same failures as [ReadModelStore].
public interface ParkedStreams {
  Uni<List<ParkedStream>> all();

  /// The stream's marker; null if there is none.
  Uni<@Nullable ParkedStream> find(StreamId stream);

  /// Adds a marker; one that is there already stays as it is.
  Uni<Void> add(ParkedStream parked);

  /// Notes that `revision` was delivered and held back. False if the marker is gone: apply it,
  /// then.
  Uni<Boolean> seen(StreamId stream, long revision);

  /// Compare-and-set by revision, attempts and next retry; the highest revision that was seen never
  /// goes back. Null removes the marker, unless something newer than `expected.highestSeen()` was
  /// held back meanwhile. False if the marker is another by now.
  Uni<Boolean> replace(ParkedStream expected, @Nullable ParkedStream next);
}
