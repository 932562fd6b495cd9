package io.kiroku.query.order;

import io.kiroku.projection.Contribution;
import io.kiroku.projection.Index;
import io.kiroku.projection.Projection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

@ApplicationScoped
class OrderViewProjection implements Projection {
  /// The order's own stream first: it says whose it is.
  private final List<Contribution<?, ?>> contributions =
      List.of(
          new OrderContribution(),
          new FulfillmentContribution(),
          new PaymentContribution(),
          new ShipmentContribution());

  @Override
  public String name() {
    return "order-view";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public List<Contribution<?, ?>> contributions() {
    return contributions;
  }

  @Override
  public List<Index> indexes() {
    return Stream.concat(
            OrderListing.DECLARED.indexes().stream(),
            Stream.of(Index.on("order.tenant", OrderBook.FULFILLMENT_STATUS)))
        .toList();
  }
}
