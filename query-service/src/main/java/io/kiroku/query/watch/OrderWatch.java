package io.kiroku.query.watch;

import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.ReadModelUnavailable;
import io.kiroku.proto.query.v1.WatchOrderResponse;
import io.kiroku.query.order.ShownOrder;
import io.kiroku.query.running.WatchErrors;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// One reader of one order. The log says that something has happened, the read model what the order
/// is then; no more than the latest of it is held.
final class OrderWatch {
  private static final String LAST_TOKEN = "the last token";

  private final String tenant;
  private final Supplier<Uni<ShownOrder>> look;
  private final Function<Map<StreamId, Long>, Uni<Void>> shows;
  private final Outbound outbound;
  private final Duration stall;
  private final StreamChanges changes = new StreamChanges();
  private Map<StreamId, Long> said = Map.of();
  private boolean ended;

  /// @param look at the order as the read model shows it
  /// @param shows completes when the read model shows these revisions
  OrderWatch(
      String tenant,
      Supplier<Uni<ShownOrder>> look,
      Function<Map<StreamId, Long>, Uni<Void>> shows,
      Outbound outbound,
      Duration stall) {
    this.tenant = tenant;
    this.look = look;
    this.shows = shows;
    this.outbound = outbound;
    this.stall = stall;
  }

  StreamChanges changes() {
    return changes;
  }

  Uni<ShownOrder> look() {
    return look.get();
  }

  /// @param first how it is
  /// @param after what its reader has seen; it may be later than what is shown
  Multi<WatchOrderResponse> from(ShownOrder first, Map<StreamId, Long> after) {
    said = after;
    after.forEach((stream, revision) -> {
      if (revision > first.revisions().getOrDefault(stream, -1L)) {
        changes.note(stream, revision);
      }
    });
    boolean older = isOlder(first, after);
    Multi<List<WatchOrderResponse>> begin =
        Multi.createFrom().item(() -> older ? List.of() : responses(first));
    Multi<List<WatchOrderResponse>> more =
        Multi.createFrom()
            .deferred(() ->
                ended
                    ? Multi.createFrom().empty()
                    : Multi.createBy().repeating().uni(this::next).whilst(_ -> !ended));
    return Multi.createBy()
        .concatenating()
        .streams(begin, more)
        .onItem()
        .<WatchOrderResponse>disjoint();
  }

  private static boolean isOlder(ShownOrder shown, Map<StreamId, Long> after) {
    return after.entrySet().stream()
        .anyMatch(it -> it.getValue() > shown.revisions().getOrDefault(it.getKey(), -1L));
  }

  private Uni<List<WatchOrderResponse>> next() {
    return outbound
        .hasRoom(stall)
        .flatMap(room ->
            room ? changes.next() : Uni.createFrom().failure(WatchErrors.stalled(LAST_TOKEN)))
        .flatMap(revisions -> shows.apply(revisions))
        .flatMap(_ -> look())
        .emitOn(outbound.executor())
        .map(this::responses)
        .onFailure(OrderWatch::isAway)
        .transform(_ -> WatchErrors.unavailable(LAST_TOKEN));
  }

  private static boolean isAway(Throwable failure) {
    return failure instanceof EventStoreUnavailable || failure instanceof ReadModelUnavailable;
  }

  /// One, or none if it is as it was said.
  private List<WatchOrderResponse> responses(ShownOrder shown) {
    ended = shown.hasEnded();
    if (shown.revisions().equals(said) && !ended) {
      return List.of();
    }
    said = shown.revisions();
    return List.of(
        WatchOrderResponse.newBuilder()
            .setOrder(shown.order())
            .setToken(new ConsistencyToken(tenant, said).encode())
            .setEnded(ended)
            .build());
  }
}
