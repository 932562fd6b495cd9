package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The parked streams of one projection as this replica knows them. Not knowing of a marker is
/// harmless: the same event fails here, too, and finds the marker.
final class Parking {
  private static final Logger LOG = Logger.getLogger(Parking.class);

  private final String projection;
  private final ParkedStreams markers;
  private final Skips skips;
  private final RunnerOptions options;
  private final Map<StreamId, ParkedStream> known = new ConcurrentHashMap<>();

  Parking(String projection, ReadModelStore documents, RunnerOptions options) {
    this.projection = projection;
    this.markers = documents.parked();
    this.skips = new Skips(documents.skipped());
    this.options = options;
  }

  Uni<Void> refresh() {
    return skips
        .refresh()
        .flatMap(_ -> markers.all())
        .invoke(all -> {
          known.keySet().retainAll(all.stream().map(ParkedStream::stream).toList());
          all.forEach(parked -> known.put(parked.stream(), parked));
        })
        .replaceWithVoid();
  }

  Skips skips() {
    return skips;
  }

  Collection<ParkedStream> all() {
    return List.copyOf(known.values());
  }

  @Nullable ParkedStream of(StreamId stream) {
    return known.get(stream);
  }

  List<ParkedStream> due(Instant now) {
    return known.values().stream().filter(parked -> parked.dueAt(now)).toList();
  }

  /// True if the stream still waits, its new target noted; false if somebody has freed it.
  Uni<Boolean> holdsBack(StreamWork work) {
    if (known.get(work.stream()) == null) {
      return Uni.createFrom().item(false);
    }
    return markers
        .seen(work.stream(), work.target())
        .invoke(parked -> {
          if (!parked) {
            known.remove(work.stream());
          }
        });
  }

  /// Parks the stream, or notes that one more attempt failed.
  Uni<Void> park(StreamWork work, Folding.Failure failure) {
    ParkedStream tried = work.retried;
    int attempts =
        tried != null && tried.revision() == failure.revision() ? tried.attempts() + 1 : 1;
    var marker =
        new ParkedStream(
            work.stream(),
            failure.revision(),
            Math.max(work.target(), failure.revision()),
            failure.error(),
            attempts,
            nextRetry(attempts));
    LOG.errorf(
        "%s: %s is parked at revision %d, attempt %d%s: %s",
        projection,
        work.stream(),
        failure.revision(),
        attempts,
        marker.dead() ? " (the last)" : "",
        failure.error());
    known.put(work.stream(), marker);
    return tried == null ? markers.add(marker) : markers.replace(tried, marker).replaceWithVoid();
  }

  /// Frees a stream whose slot has reached its target. If more came in meanwhile the marker stays,
  /// and the next refresh makes it due again.
  Uni<Void> free(ParkedStream parked) {
    return markers
        .replace(parked, null)
        .invoke(freed -> {
          if (freed) {
            known.remove(parked.stream());
            LOG.infof("%s: %s goes on", projection, parked.stream());
          }
        })
        .replaceWithVoid();
  }

  private @Nullable Instant nextRetry(int attempts) {
    List<Duration> delays = options.retryDelays();
    // In milliseconds, as it is stored and compared.
    return attempts > delays.size()
        ? null
        : Instant.now().plus(delays.get(attempts - 1)).truncatedTo(ChronoUnit.MILLIS);
  }
}
