package io.kiroku.projection;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.ParkedStream;
import io.kiroku.projection.engine.ParkedStreams;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The real markers, but nothing that is held back is noted before `then`.
record LateMarkers(ParkedStreams markers, Uni<Void> then) implements ParkedStreams {
  @Override
  public Uni<Boolean> seen(StreamId stream, long revision) {
    return then.flatMap(_ -> markers.seen(stream, revision));
  }

  @Override
  public Uni<List<ParkedStream>> all() {
    return markers.all();
  }

  @Override
  public Uni<@Nullable ParkedStream> find(StreamId stream) {
    return markers.find(stream);
  }

  @Override
  public Uni<Void> add(ParkedStream parked) {
    return markers.add(parked);
  }

  @Override
  public Uni<Boolean> replace(ParkedStream expected, @Nullable ParkedStream next) {
    return markers.replace(expected, next);
  }
}
