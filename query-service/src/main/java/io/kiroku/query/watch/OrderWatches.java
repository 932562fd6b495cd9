package io.kiroku.query.watch;

import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.EventSources;
import io.kiroku.proto.query.v1.WatchOrderResponse;
import io.kiroku.query.order.Orders;
import io.kiroku.query.order.ShownOrder;
import io.kiroku.query.running.Consistency;
import io.kiroku.query.running.QueryConfig;
import io.kiroku.query.running.WatchLimit;
import io.kiroku.service.security.RequestContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Follows orders for who may see them.
@ApplicationScoped
public class OrderWatches {
  private final Orders orders;
  private final OrderChanges changes;
  private final EventStore store;
  private final Consistency consistency;
  private final Duration stall;
  private final WatchLimit limit;

  OrderWatches(
      Orders orders,
      OrderChanges changes,
      EventSources sources,
      Consistency consistency,
      QueryConfig config) {
    this.orders = orders;
    this.changes = changes;
    this.store = sources.store();
    this.consistency = consistency;
    this.stall = config.watchStall();
    this.limit = new WatchLimit(config.orderWatchers());
  }

  /// Fails like a query for the order, and with `RESOURCE_EXHAUSTED` if too many watch already;
  /// ends as [io.kiroku.query.running.WatchErrors] says.
  ///
  /// @param after what was seen before; empty for nothing
  /// @param orNotFound what is told of an order that its caller does not see
  public Multi<WatchOrderResponse> watch(
      RequestContext context,
      String orderId,
      Map<StreamId, Long> after,
      Function<Optional<ShownOrder>, ShownOrder> orNotFound,
      Outbound outbound) {
    return limit.admitted(() -> watched(context, orderId, after, orNotFound, outbound));
  }

  private Multi<WatchOrderResponse> watched(
      RequestContext context,
      String orderId,
      Map<StreamId, Long> after,
      Function<Optional<ShownOrder>, ShownOrder> orNotFound,
      Outbound outbound) {
    var watch =
        new OrderWatch(
            context.caller().tenant(),
            () -> orders.findShown(context.caller(), orderId).map(orNotFound),
            revisions -> consistency.eventually(orders.source(orderId), revisions),
            outbound,
            stall);
    return consistency
        .answer(context, orders.source(orderId), watch::look)
        .flatMap(shown ->
            changes
                .join(orderId, watch.changes(), orders.source().projection().streamPrefixes())
                .flatMap(_ -> recordedSince(shown, orderId, watch.changes()))
                .replaceWith(shown))
        .onItem()
        .transformToMulti(shown -> watch.from(shown, after))
        .onTermination()
        .invoke(() -> changes.leave(orderId, watch.changes()));
  }

  /// What came between the look at the order and the beginning of the watch.
  private Uni<Void> recordedSince(ShownOrder shown, String orderId, StreamChanges since) {
    return Uni.join()
        .all(orders.streams(orderId).stream().map(stream -> newer(stream, shown)).toList())
        .andFailFast()
        .invoke(all ->
            all.forEach(newer -> newer.forEach(it -> since.note(it.stream(), it.revision()))))
        .replaceWithVoid();
  }

  private Uni<List<RecordedEvent>> newer(StreamId stream, ShownOrder shown) {
    return store.read(stream, shown.revisions().getOrDefault(stream, EventStore.NO_STREAM) + 1);
  }
}
