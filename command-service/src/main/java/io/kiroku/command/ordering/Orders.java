package io.kiroku.command.ordering;

import io.kiroku.eventstore.CommandHandler;
import io.kiroku.ordering.Order;
import io.kiroku.ordering.OrderCommand;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.shared.OrderId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;

/// Orders as their streams tell, for the participants that carry them out.
@Singleton
public class Orders {
  private final CommandHandler<OrderCommand, Order, OrderEvent> orders;

  Orders(CommandHandler<OrderCommand, Order, OrderEvent> orders) {
    this.orders = orders;
  }

  /// An order and whose it is.
  public record Owned(Order.Contents contents, String owner) {}

  /// Fails with [OrderMissing] if the tenant has none of that id, or has not placed it yet.
  public Uni<Owned> get(String tenant, OrderId id) {
    return orders
        .load(OrderingGrpcService.stream(id))
        .map(folded ->
            contents(folded.state())
                .filter(_ -> tenant.equals(folded.tenant()))
                .map(contents -> new Owned(contents, Objects.requireNonNull(folded.owner())))
                .orElseThrow(() -> new OrderMissing(id)));
  }

  static Optional<Order.Contents> contents(Order state) {
    return switch (state) {
      case Order.Absent _, Order.Draft _, Order.Discarded _ -> Optional.empty();
      case Order.Placed(var contents) -> Optional.of(contents);
      case Order.Confirmed(var contents, _) -> Optional.of(contents);
      case Order.Shipped(var contents, _) -> Optional.of(contents);
      case Order.HandedOver order -> Optional.of(order.contents());
      case Order.Cancelled(var contents, _) -> Optional.of(contents);
      case Order.Failed(var contents, _) -> Optional.of(contents);
    };
  }
}
