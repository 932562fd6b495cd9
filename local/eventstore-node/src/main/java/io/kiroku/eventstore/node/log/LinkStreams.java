package io.kiroku.eventstore.node.log;

import io.kiroku.eventstore.node.log.LinkStorage.Place;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Reads the streams that system projections fill. Only places are stored; their records are made
/// of the records they stand for, when somebody asks.
record LinkStreams(LinkStorage storage, Views views) {
  List<LogRecord> read(SystemProjection by, String stream, long revision, int countMax) {
    return records(by, stream, storage.read(stream, Math.max(0, revision), countMax));
  }

  List<LogRecord> readBackwards(SystemProjection by, String stream, long revision, int countMax) {
    return records(by, stream, storage.readBackwards(stream, revision, countMax));
  }

  long last(String stream) {
    return storage.last(stream);
  }

  private List<LogRecord> records(SystemProjection by, String stream, List<Place> places) {
    Map<Long, LogRecord> sources = views.at(places.stream().map(Place::position).toList());
    // Whoever resolves links asks each target's stream whether it is still there.
    views.loadTails(sources.values().stream().map(LogRecord::stream).distinct().toList());
    return places.stream()
        .map(place ->
            LinkRecords.of(
                by, stream, place, Objects.requireNonNull(sources.get(place.position()))))
        .toList();
  }
}
