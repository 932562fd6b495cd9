package io.kiroku.command.ordering;

import io.kiroku.command.call.CommandCall;
import io.kiroku.command.call.Fields;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.Folded;
import io.kiroku.ordering.Order;
import io.kiroku.ordering.OrderCommand;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.service.security.Caller;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Commands on one order by whoever may see it: its customer, and the shop's writers. To anybody
/// else it is not there.
@Singleton
class OrderCommands {
  private final CommandHandler<OrderCommand, Order, OrderEvent> orders;
  private final Clock clock;

  OrderCommands(CommandHandler<OrderCommand, Order, OrderEvent> orders, Clock clock) {
    this.orders = orders;
    this.clock = clock;
  }

  /// The order as the caller sees it.
  Uni<Order> load(Caller caller, OrderId id) {
    return orders
        .load(OrderingGrpcService.stream(id))
        .map(folded ->
            caller.tenant().equals(folded.tenant()) && maySee(caller, folded)
                ? folded.state()
                : new Order.Absent());
  }

  /// @param command is given the present time
  Uni<CommandOutcome<Order, OrderEvent>> handle(
      CommandCall call,
      OrderId id,
      @Nullable Long expectedRevision,
      BiFunction<OrderId, Instant, OrderCommand> command) {
    return orders.handle(
        OrderingGrpcService.stream(id),
        command.apply(id, clock.instant()),
        call.context(expectedRevision),
        folded -> maySee(call.caller(), folded));
  }

  private static boolean maySee(Caller caller, Folded<Order> order) {
    return caller.isWriter() || caller.userId().equals(order.owner());
  }

  static OrderId orderId(String value) {
    Fields fields = new Fields();
    var id = fields.uuid("order_id", value);
    fields.verify();
    return new OrderId(id.orElseThrow());
  }

  /// Both ids of a request about an item, or a failure with every violation.
  record ItemIds(OrderId order, ProductId product) {
    static ItemIds of(String orderId, String productId) {
      Fields fields = new Fields();
      var order = fields.uuid("order_id", orderId);
      var product = fields.uuid("product_id", productId);
      fields.verify();
      return new ItemIds(new OrderId(order.orElseThrow()), new ProductId(product.orElseThrow()));
    }
  }
}
