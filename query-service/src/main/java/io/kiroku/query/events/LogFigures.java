package io.kiroku.query.events;

import io.kiroku.eventstore.EventIndexes;
import io.kiroku.eventstore.EventIndexes.Entry;
import io.kiroku.eventstore.EventIndexes.Index;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.projection.engine.EventSources;
import io.kiroku.proto.query.v1.CategoryStatistics;
import io.kiroku.proto.query.v1.GetLogStatisticsResponse;
import io.kiroku.query.running.Projections;
import io.kiroku.query.running.Timestamps;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;

/// How much there is in the log. The last entry of an index says how many there are.
@ApplicationScoped
public class LogFigures {
  private final EventLog log;
  private final EventIndexes indexes;
  private final Projections projections;

  LogFigures(EventSources sources, EventIndexes indexes, Projections projections) {
    this.log = sources.log();
    this.indexes = indexes;
    this.projections = projections;
  }

  public Uni<GetLogStatisticsResponse> statistics() {
    List<Uni<CategoryStatistics>> categories =
        projections.all().stream()
            .flatMap(builds -> builds.declared().contributions().stream())
            .map(part -> part.category())
            .distinct()
            .sorted()
            .map(this::statistics)
            .toList();
    return Uni.combine()
        .all()
        .unis(log.readBackwards(Long.MAX_VALUE, 1), Uni.join().all(categories).andFailFast())
        .with(LogFigures::message);
  }

  private static GetLogStatisticsResponse message(
      List<RecordedEvent> last, List<CategoryStatistics> categories) {
    var message =
        GetLogStatisticsResponse.newBuilder()
            .setLastPosition(EventLog.START)
            .addAllCategories(categories);
    last.forEach(event ->
        message
            .setLastPosition(event.position())
            .setLastRecordedAt(Timestamps.of(event.recordedAt())));
    return message.build();
  }

  private Uni<CategoryStatistics> statistics(String category) {
    return Uni.combine()
        .all()
        .unis(last(new Index.OfCategory(category)), last(new Index.OfStreams(category)))
        .with((events, streams) -> message(category, events, streams));
  }

  /// One, or none of what is empty.
  private Uni<List<Entry>> last(Index index) {
    return indexes.readBackwards(index, Long.MAX_VALUE, 1);
  }

  private static CategoryStatistics message(
      String category, List<Entry> lastEvent, List<Entry> lastStream) {
    var message = CategoryStatistics.newBuilder().setCategory(category);
    lastEvent.forEach(entry -> message.setEvents(entry.number() + 1));
    lastStream.forEach(entry -> message.setStreams(entry.number() + 1));
    lastEvent.stream()
        .map(Entry::event)
        .filter(Objects::nonNull)
        .forEach(event -> message.setLastRecordedAt(Timestamps.of(event.recordedAt())));
    return message.build();
  }
}
