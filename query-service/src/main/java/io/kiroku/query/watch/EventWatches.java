package io.kiroku.query.watch;

import com.google.rpc.Code;
import io.kiroku.eventstore.EventLog;
import io.kiroku.projection.engine.EventSources;
import io.kiroku.proto.query.v1.WatchEventsRequest;
import io.kiroku.proto.query.v1.WatchEventsResponse;
import io.kiroku.query.events.EventQuery;
import io.kiroku.query.running.QueryConfig;
import io.kiroku.query.running.WatchLimit;
import io.kiroku.service.error.Errors;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Follows the log for whoever asks, each from his own position.
@ApplicationScoped
public class EventWatches {
  private final EventLog log;
  private final LogTail tail;
  private final Duration stall;
  private final WatchLimit limit;
  private final Set<EventWatch> open = ConcurrentHashMap.newKeySet();

  EventWatches(EventSources sources, LogTail tail, QueryConfig config) {
    this.log = sources.log();
    this.tail = tail;
    this.stall = config.watchStall();
    this.limit = new WatchLimit(config.eventWatchers());
  }

  /// Fails with `OUT_OF_RANGE` for a position beyond the log, and with `RESOURCE_EXHAUSTED` if too
  /// many watch already; ends as [io.kiroku.query.running.WatchErrors] says.
  public Multi<WatchEventsResponse> watch(
      EventQuery query, WatchEventsRequest request, Outbound outbound) {
    return limit.admitted(() ->
        log.head()
            .map(head -> begin(query, request, outbound, head))
            .onItem()
            .transformToMulti(this::events));
  }

  private EventWatch begin(
      EventQuery query, WatchEventsRequest request, Outbound outbound, long head) {
    long after = request.hasAfterPosition() ? request.getAfterPosition() : head;
    if (after > head) {
      throw Errors.of(
          Code.OUT_OF_RANGE, "POSITION_BEYOND_LOG", "The log ends at position " + head + ".");
    }
    var pages = new LogPages(log, tail, after);
    EventWatch watch = new EventWatch(pages, query, outbound, stall, after, head);
    open.add(watch);
    return watch;
  }

  private Multi<WatchEventsResponse> events(EventWatch watch) {
    return Multi.createBy()
        .repeating()
        .uni(watch::next)
        .indefinitely()
        .onItem()
        .<WatchEventsResponse>disjoint()
        .onTermination()
        .invoke(() -> end(watch));
  }

  private void end(EventWatch watch) {
    open.remove(watch);
    watch.close();
  }

  /// Their readers are told where to resume.
  void stop(@Observes ShutdownEvent event) {
    open.forEach(EventWatch::close);
  }

  /// How many are going on.
  public int size() {
    return open.size();
  }
}
