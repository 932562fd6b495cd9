package io.kiroku.query.sales;

import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.Recorded;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderEvent.OrderCancellationRejected;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderConfirmationRejected;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderDelivered;
import io.kiroku.ordering.OrderEvent.OrderDraftDiscarded;
import io.kiroku.ordering.OrderEvent.OrderDrafted;
import io.kiroku.ordering.OrderEvent.OrderFailed;
import io.kiroku.ordering.OrderEvent.OrderItemAdded;
import io.kiroku.ordering.OrderEvent.OrderItemChanged;
import io.kiroku.ordering.OrderEvent.OrderItemRemoved;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderEvent.OrderReturnRefused;
import io.kiroku.ordering.OrderEvent.OrderReturnRequested;
import io.kiroku.ordering.OrderEvent.OrderReturned;
import io.kiroku.ordering.OrderEvent.OrderShipped;
import io.kiroku.ordering.OrderEvent.OrderStepRepeated;
import io.kiroku.projection.Change;
import io.kiroku.projection.Index;
import io.kiroku.projection.SingleStreamProjection;
import io.kiroku.query.running.Part;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class SalesProjection extends Part<SaleDocument, OrderEvent>
    implements SingleStreamProjection<SaleDocument, OrderEvent> {
  static final String FIELD = "sale";
  private static final EventTypes TYPES = EventTypes.of(OrderEvent.class);

  SalesProjection() {
    super(FIELD, "order", SaleDocument.class, TYPES);
  }

  @Override
  public String name() {
    return "sales";
  }

  @Override
  public int version() {
    return 1;
  }

  /// Of one order there is an entry for each day that it has something to say about.
  @Override
  public List<Index> indexes() {
    return List.of(Index.on("sale.tenant", "sale.days.day"));
  }

  @Override
  public Change<SaleDocument> apply(@Nullable SaleDocument sale, Recorded<OrderEvent> recorded) {
    return switch (recorded.event()) {
      case OrderPlaced e ->
          Change.upsert(
              SaleDocument.placed(recorded.envelope().metadata().tenant(), e.total(), e.lines()));
      case OrderConfirmed e -> Change.upsert(known(sale).sold(e.at()));
      case OrderCancelled e -> Change.upsert(known(sale).reversed(e.at()));
      case OrderFailed e -> Change.upsert(known(sale).reversed(e.at()));
      case OrderReturned e -> Change.upsert(known(sale).reversed(e.at()));
      // Nothing is sold of a draft, and a return is none before goods and money are back.
      case OrderDrafted _,
          OrderItemAdded _,
          OrderItemChanged _,
          OrderItemRemoved _,
          OrderDraftDiscarded _ ->
          Change.unchanged();
      case OrderShipped _,
          OrderDelivered _,
          OrderReturnRequested _,
          OrderReturnRefused _,
          OrderConfirmationRejected _,
          OrderCancellationRejected _,
          OrderStepRepeated _ ->
          Change.unchanged();
    };
  }

  private static SaleDocument known(@Nullable SaleDocument sale) {
    return Objects.requireNonNull(sale, "An order is placed before it is sold or taken back");
  }
}
