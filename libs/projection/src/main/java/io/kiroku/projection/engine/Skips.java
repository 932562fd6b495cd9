package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/// The events to be passed over, as this replica knows them. Not knowing of one is harmless: its
/// stream stays parked until the next refresh.
final class Skips {
  private final SkippedEvents recorded;
  private final Map<StreamId, List<Skip>> known = new ConcurrentHashMap<>();

  Skips(SkippedEvents recorded) {
    this.recorded = recorded;
  }

  Uni<Void> refresh() {
    return recorded.all().invoke(this::learn).replaceWithVoid();
  }

  private void learn(List<Skip> all) {
    Map<StreamId, List<Skip>> now = all.stream().collect(Collectors.groupingBy(Skip::stream));
    known.keySet().retainAll(now.keySet());
    known.putAll(now);
  }

  Uni<Void> record(Skip skip) {
    return recorded.record(skip).flatMap(_ -> refresh());
  }

  /// Tells of each revision of a stream whether it is passed over.
  LongPredicate of(StreamId stream) {
    List<Skip> skips = known.getOrDefault(stream, List.of());
    return revision -> covers(skips, revision);
  }

  private static boolean covers(List<Skip> skips, long revision) {
    for (Skip skip : skips) {
      if (skip.covers(revision)) {
        return true;
      }
    }
    return false;
  }
}
