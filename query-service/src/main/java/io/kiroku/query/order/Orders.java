package io.kiroku.query.order;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.EventNotApplicable;
import io.kiroku.projection.engine.HistoryEntry;
import io.kiroku.proto.query.v1.ListOrdersResponse;
import io.kiroku.proto.query.v1.Order;
import io.kiroku.query.history.HistoryQuery;
import io.kiroku.query.history.Moment;
import io.kiroku.query.history.Past;
import io.kiroku.query.listing.ListQuery;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.Source;
import io.kiroku.query.running.Stored;
import io.kiroku.service.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Looks orders up. A user sees his own, an admin all of his tenant's.
@ApplicationScoped
public class Orders {
  private final ReadModels readModels;
  private final Past past;
  private final OrderViewProjection projection;

  Orders(ReadModels readModels, Past past, OrderViewProjection projection) {
    this.readModels = readModels;
    this.past = past;
    this.projection = projection;
  }

  /// What one order is told from.
  public Source source(String orderId) {
    return Source.one(projection, orderId);
  }

  /// What lists are told from.
  public Source source() {
    return Source.all(projection);
  }

  /// Empty also for somebody else's order.
  public Uni<Optional<Order>> find(Caller caller, String orderId) {
    return readModels
        .find(projection, orderId)
        .map(found -> found.flatMap(stored -> message(caller, stored)));
  }

  /// Empty also for somebody else's order.
  public Uni<Optional<ShownOrder>> findShown(Caller caller, String orderId) {
    return readModels
        .find(projection, orderId)
        .map(found ->
            found.flatMap(stored ->
                message(caller, stored)
                    .map(order -> new ShownOrder(order, revisions(orderId, stored)))));
  }

  private Map<StreamId, Long> revisions(String orderId, Stored stored) {
    return streams(orderId).stream()
        .filter(stream -> stored.revision(stream.category()) >= 0)
        .collect(
            Collectors.toUnmodifiableMap(
                Function.identity(), stream -> stored.revision(stream.category())));
  }

  /// Those that an order is shown from.
  public List<StreamId> streams(String orderId) {
    return projection.contributions().stream()
        .flatMap(part -> part.stream(orderId).stream())
        .toList();
  }

  /// Empty also for somebody else's order.
  public Uni<Optional<Order>> findAsOf(Caller caller, String orderId, Moment moment) {
    return ifMaySee(
        caller,
        orderId,
        () ->
            past.document(caller.tenant(), projection, orderId, moment)
                .map(found -> found.flatMap(stored -> message(caller, stored))));
  }

  /// Empty also for somebody else's order.
  public Uni<Optional<List<HistoryEntry>>> history(
      HistoryQuery query, OrderStream stream, String orderId) {
    return ifMaySee(
        query.caller(),
        orderId,
        () -> past.events(query, projection, stream.of(orderId), UnaryOperator.identity()));
  }

  /// Asks the order's first event. Later ones may not be applicable, and nobody else may hear of
  /// it.
  ///
  /// @param told empty for somebody else's order
  public <T> Uni<Optional<T>> ifMaySee(
      Caller caller, String orderId, Supplier<Uni<Optional<T>>> told) {
    return past.beginning(caller.tenant(), projection, orderId)
        .onFailure(EventNotApplicable.class)
        .recoverWithItem(Optional.<Stored>empty())
        .map(found -> found.flatMap(Orders::order).filter(order -> maySee(caller, order)))
        .flatMap(
            order -> order.isPresent() ? told.get() : Uni.createFrom().item(Optional.<T>empty()));
  }

  private static Optional<Order> message(Caller caller, Stored stored) {
    return order(stored)
        .filter(order -> maySee(caller, order))
        .map(order -> OrderMessages.message(order, stored));
  }

  private static boolean maySee(Caller caller, OrderPart order) {
    return order.tenant().equals(caller.tenant())
        && (caller.isAdmin() || order.userId().equals(caller.userId()));
  }

  public Uni<ListOrdersResponse> list(ListQuery query) {
    return readModels
        .list(projection, query.filter(), query.options())
        .map(query::page)
        .map(page -> {
          var response = ListOrdersResponse.newBuilder().setNextPageToken(page.nextPageToken());
          page.shown()
              .forEach(stored ->
                  order(stored)
                      .ifPresent(
                          order -> response.addOrders(OrderMessages.message(order, stored))));
          return response.build();
        });
  }

  static Optional<OrderPart> order(Stored stored) {
    return stored.part(OrderContribution.CATEGORY, OrderPart.class);
  }
}
