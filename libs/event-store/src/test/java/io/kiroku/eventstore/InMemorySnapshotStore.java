package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Snapshots in memory, for tests of what stands on them.
public final class InMemorySnapshotStore implements SnapshotStore {
  private final Map<StreamId, List<RecordedEvent>> streams = new ConcurrentHashMap<>();

  @Override
  public Uni<List<RecordedEvent>> latest(StreamId stream, int most) {
    return Uni.createFrom()
        .item(
            () -> streams.getOrDefault(stream, List.of()).reversed().stream().limit(most).toList());
  }

  @Override
  public Uni<Void> put(StreamId stream, List<NewEvent> parts) {
    return Uni.createFrom()
        .voidItem()
        .invoke(() ->
            streams.compute(
                stream,
                (_, before) -> {
                  List<RecordedEvent> all = new ArrayList<>(before == null ? List.of() : before);
                  parts.forEach(part -> all.add(recorded(stream, all.size(), part)));
                  return List.copyOf(all);
                }));
  }

  /// How many parts were put.
  public int count() {
    return streams.values().stream().mapToInt(List::size).sum();
  }

  private static RecordedEvent recorded(StreamId stream, int revision, NewEvent part) {
    return new RecordedEvent(
        part.id(),
        stream,
        revision,
        revision,
        Instant.EPOCH,
        part.type(),
        part.data(),
        part.metadata());
  }
}
