package io.kiroku.query.events;

import io.kiroku.eventstore.EventIndexes;
import io.kiroku.eventstore.EventIndexes.Entry;
import io.kiroku.eventstore.EventIndexes.Index;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.EventSources;
import io.kiroku.proto.query.v1.CausationNode;
import io.kiroku.proto.query.v1.GetCausationTreeResponse;
import io.kiroku.proto.query.v1.GetLogStatisticsResponse;
import io.kiroku.proto.query.v1.ListEventsResponse;
import io.kiroku.proto.query.v1.LoggedEvent;
import io.kiroku.service.security.RequestContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks events up. Everything fails with [EventStoreUnavailable] if the store does not answer.
@ApplicationScoped
public class Events {
  /// What a tree shows at most: enough for any order, and small enough for one answer.
  private static final int TREE_MOST = 1_000;

  private final EventLog log;
  private final EventIndexes indexes;
  private final IndexPlaces places;
  private final IndexWait wait;
  private final LogFigures figures;

  Events(EventSources sources, EventIndexes indexes, IndexWait wait, LogFigures figures) {
    this.log = sources.log();
    this.indexes = indexes;
    this.places = new IndexPlaces(indexes);
    this.wait = wait;
    this.figures = figures;
  }

  /// With what the caller's token names. Fails as [IndexWait] does.
  public Uni<ListEventsResponse> list(RequestContext context, EventsRequest request) {
    Uni<Void> shown =
        request
            .index()
            .map(index -> wait.shows(context, index))
            .orElseGet(() -> Uni.createFrom().voidItem());
    return shown
        .flatMap(_ -> pieces(request))
        .flatMap(pieces -> EventPage.of(pieces, request::isWithin, request::wants, request.size()))
        .map(Events::message);
  }

  private Uni<Pieces> pieces(EventsRequest request) {
    boolean back = request.newestFirst();
    long from = back ? request.before() : request.after();
    return request
        .index()
        .map(index -> place(index, from, back).map(it -> Pieces.of(indexes, index, it, back)))
        .orElseGet(() -> Uni.createFrom().item(Pieces.of(log, from, back)));
  }

  private Uni<Long> place(Index index, long from, boolean backwards) {
    if (from == Long.MAX_VALUE || from == EventLog.START) {
      return Uni.createFrom().item(backwards ? from : 0L);
    }
    return backwards
        ? places.firstAfter(index, from - 1).map(first -> first - 1)
        : places.firstAfter(index, from);
  }

  private static ListEventsResponse message(EventPage page) {
    ListEventsResponse.Builder message = ListEventsResponse.newBuilder();
    page.shown().forEach(event -> message.addEvents(EventMessages.message(event)));
    page.next().ifPresent(message::setNextPosition);
    return message.build();
  }

  /// Fails with `INVALID_ARGUMENT` for a stream of the store itself.
  public Uni<Optional<LoggedEvent>> find(String tenant, String stream, long revision) {
    StreamId named = EventsRequest.stream("stream", stream);
    return indexes
        .read(new Index.OfStream(named), revision, 1)
        .map(found ->
            found.stream()
                .map(Entry::event)
                .filter(Objects::nonNull)
                .filter(event -> event.metadata().tenant().equals(tenant))
                .findFirst()
                .map(EventMessages::message));
  }

  /// With what the caller's token names. Fails with `INVALID_ARGUMENT` for what is no UUID, and as
  /// [IndexWait] does.
  public Uni<GetCausationTreeResponse> tree(RequestContext context, String correlationId) {
    Index index = EventsRequest.correlation("correlation_id", correlationId);
    String tenant = context.caller().tenant();
    return wait.shows(context, index)
        .flatMap(_ ->
            EventPage.of(
                Pieces.of(indexes, index, 0, false),
                _ -> true,
                event -> event.metadata().tenant().equals(tenant),
                TREE_MOST + 1))
        .map(page -> tree(page.shown()));
  }

  private static GetCausationTreeResponse tree(List<RecordedEvent> found) {
    var message = GetCausationTreeResponse.newBuilder().setCutOff(found.size() > TREE_MOST);
    CausationTree.of(found.subList(0, Math.min(TREE_MOST, found.size())))
        .forEach(node ->
            message.addNodes(
                CausationNode.newBuilder()
                    .setEvent(EventMessages.message(node.event()))
                    .setDepth(node.depth())));
    return message.build();
  }

  /// With what the caller's token names. Fails as [IndexWait] does.
  public Uni<GetLogStatisticsResponse> statistics(RequestContext context) {
    return wait.shows(context, stream -> Stream.of(new Index.OfCategory(stream.category())))
        .flatMap(_ -> figures.statistics());
  }
}
