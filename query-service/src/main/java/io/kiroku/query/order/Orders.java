package io.kiroku.query.order;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.EventNotApplicable;
import io.kiroku.projection.engine.HistoryEntry;
import io.kiroku.proto.query.v1.ListOrdersResponse;
import io.kiroku.proto.query.v1.Order;
import io.kiroku.query.history.HistoryQuery;
import io.kiroku.query.history.Moment;
import io.kiroku.query.history.Past;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.Stored;
import io.kiroku.service.security.Caller;
import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bson.Document;

/// Looks orders up. A user sees his own, an admin all of his tenant's.
@ApplicationScoped
public class Orders {
  private static final String POSITION = "order.position";

  private final ReadModels readModels;
  private final Past past;
  private final OrderViewProjection projection;

  Orders(ReadModels readModels, Past past, OrderViewProjection projection) {
    this.readModels = readModels;
    this.past = past;
    this.projection = projection;
  }

  public Projection projection() {
    return projection;
  }

  /// Whether what is shown of orders comes from this stream, too.
  public boolean showStream(StreamId stream) {
    return projection.contributions().stream()
        .anyMatch(part -> part.category().equals(stream.category()));
  }

  public boolean showStream(StreamId stream, String orderId) {
    return stream.id().equals(orderId) && showStream(stream);
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

  public Uni<ListOrdersResponse> list(OrderQuery query) {
    FindOptions page =
        new FindOptions().sort(new Document(POSITION, -1)).limit(query.pageSize() + 1);
    return readModels
        .list(projection, filter(query), page)
        .map(found -> page(found, query.pageSize()));
  }

  private static Document filter(OrderQuery query) {
    Document filter = new Document("order.tenant", query.tenant());
    if (!query.userId().isEmpty()) {
      filter.append("order.userId", query.userId());
    }
    if (!query.status().isEmpty()) {
      filter.append("order.status", query.status());
    }
    return filter.append(POSITION, new Document("$lt", query.beforePosition()));
  }

  /// One more than the page was asked for: it tells whether there is a next one.
  private static ListOrdersResponse page(List<Stored> found, int size) {
    ListOrdersResponse.Builder page = ListOrdersResponse.newBuilder();
    List<Stored> shown = found.subList(0, Math.min(size, found.size()));
    shown.forEach(stored ->
        order(stored).ifPresent(order -> page.addOrders(OrderMessages.message(order, stored))));
    if (found.size() > size) {
      order(shown.getLast())
          .ifPresent(last -> page.setNextPageToken(new PageToken(last.position()).encode()));
    }
    return page.build();
  }

  private static Optional<OrderPart> order(Stored stored) {
    return stored.part(OrderContribution.CATEGORY, OrderPart.class);
  }
}
