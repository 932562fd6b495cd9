package io.kiroku.query.projectionadmin;

import io.kiroku.projection.engine.ParkedStream;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.proto.projection.v1.ListParkedStreamsResponse;
import io.kiroku.proto.projection.v1.ParkedStreamFilter;
import io.kiroku.query.running.Projections;
import io.kiroku.query.running.Timestamps;
import io.kiroku.service.paging.OpaqueText;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// Finds parked streams, as they are stored now.
@Singleton
class ParkedList {
  private static final Comparator<Parked> ORDER = Comparator.comparing(Parked::place);

  private final Projections projections;

  ParkedList(Projections projections) {
    this.projections = projections;
  }

  record Parked(ProjectionRunner runner, ParkedStream stream) {
    String projection() {
      return runner.projection().id();
    }

    String place() {
      return projection() + "/" + stream.stream();
    }
  }

  Uni<List<Parked>> find(ParkedStreamFilter filter) {
    List<ProjectionRunner> runners =
        filter.getProjection().isEmpty()
            ? projections.running()
            : List.of(projections.named(filter.getProjection()));
    return Uni.join()
        .all(runners.stream().map(runner -> parked(runner, filter)).toList())
        .andFailFast()
        .map(all -> all.stream().flatMap(List::stream).sorted(ORDER).toList());
  }

  private static Uni<List<Parked>> parked(ProjectionRunner runner, ParkedStreamFilter filter) {
    return runner
        .repairs()
        .parked()
        .map(all ->
            all.stream()
                .filter(stream -> matches(stream, filter))
                .map(stream -> new Parked(runner, stream))
                .toList());
  }

  private static boolean matches(ParkedStream parked, ParkedStreamFilter filter) {
    return (filter.getCategory().isEmpty()
            || filter.getCategory().equals(parked.stream().category()))
        && parked.error().contains(filter.getErrorContains())
        && (parked.dead() || !filter.getOnlyDead());
  }

  /// @param after place of the last one of the page before; empty for the first page
  Uni<ListParkedStreamsResponse> page(ParkedStreamFilter filter, String after, int size) {
    return find(filter)
        .map(all -> all.stream().filter(it -> it.place().compareTo(after) > 0).toList())
        .map(rest -> {
          ListParkedStreamsResponse.Builder page = ListParkedStreamsResponse.newBuilder();
          rest.stream().limit(size).map(ParkedList::message).forEach(page::addStreams);
          return rest.size() > size
              ? page.setNextPageToken(OpaqueText.encode(rest.get(size - 1).place())).build()
              : page.build();
        });
  }

  private static io.kiroku.proto.projection.v1.ParkedStream message(Parked parked) {
    ParkedStream stream = parked.stream();
    var message =
        io.kiroku.proto.projection.v1.ParkedStream.newBuilder()
            .setProjection(parked.projection())
            .setStream(stream.stream().value())
            .setFailingRevision(stream.revision())
            .setHighestSeenRevision(stream.highestSeen())
            .setError(stream.error())
            .setAttempts(stream.attempts())
            .setDead(stream.dead());
    Instant nextRetry = stream.nextRetry();
    return nextRetry == null
        ? message.build()
        : message.setNextRetry(Timestamps.of(nextRetry)).build();
  }
}
