package io.kiroku.eventstore.node.storage;

import io.kiroku.eventstore.node.log.LinkStorage;
import io.kiroku.eventstore.node.log.SystemProjection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps link streams on the heap; a place's revision is its index.
final class MemoryLinks implements LinkStorage {
  private final Map<SystemProjection, Progress> progress = LinkStorage.beginning();
  private final Map<String, List<Long>> streams = new HashMap<>();

  @Override
  public synchronized Map<SystemProjection, Progress> progress() {
    return new EnumMap<>(progress);
  }

  @Override
  public synchronized void enable(SystemProjection projection, boolean enabled) {
    progress.computeIfPresent(projection, (_, was) -> new Progress(enabled, was.next()));
  }

  @Override
  public synchronized void reset(SystemProjection projection) {
    streams.keySet().removeIf(stream -> projection.equals(SystemProjection.filling(stream)));
    progress.computeIfPresent(projection, (_, was) -> new Progress(was.enabled(), 0));
  }

  @Override
  public synchronized boolean add(
      Set<SystemProjection> projections, long from, long to, List<Link> links) {
    Progress expected = new Progress(true, from);
    if (!projections.stream().allMatch(projection -> expected.equals(progress.get(projection)))) {
      return false;
    }
    for (Link link : links) {
      streams.computeIfAbsent(link.stream(), _ -> new ArrayList<>()).add(link.position());
    }
    projections.forEach(projection -> progress.put(projection, new Progress(true, to)));
    return true;
  }

  @Override
  public synchronized List<Place> read(String stream, long revision, int countMax) {
    List<Long> positions = streams.getOrDefault(stream, List.of());
    List<Place> places = new ArrayList<>();
    for (long at = revision; at < positions.size() && places.size() < countMax; at++) {
      places.add(new Place(at, positions.get((int) at)));
    }
    return places;
  }

  @Override
  public synchronized List<Place> readBackwards(String stream, long revision, int countMax) {
    List<Long> positions = streams.getOrDefault(stream, List.of());
    List<Place> places = new ArrayList<>();
    for (long at = Math.min(revision, positions.size() - 1L);
        at >= 0 && places.size() < countMax;
        at--) {
      places.add(new Place(at, positions.get((int) at)));
    }
    return places;
  }

  @Override
  public synchronized long last(String stream) {
    return streams.getOrDefault(stream, List.of()).size() - 1L;
  }
}
