package io.kiroku.returns;

import io.kiroku.decider.EventType;
import io.kiroku.saga.StepCommand;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Instant;

/// What the return of an order asks of the contexts. It is stored in the saga's plan, hence the
/// stored names.
public sealed interface ReturnCommand extends StepCommand {
  /// The only part of a step about the order as a whole.
  String WHOLE = "order";

  OrderId orderId();

  @Override
  default String part() {
    return WHOLE;
  }

  /// @param until when the goods have to be here
  @EventType("expect-return")
  record ExpectReturn(OrderId orderId, Instant until) implements ReturnCommand {}

  @EventType("call-off-return")
  record CallOffReturn(OrderId orderId) implements ReturnCommand {}

  @EventType("return-stock")
  record ReturnStock(OrderId orderId, ProductId productId) implements ReturnCommand {
    @Override
    public String part() {
      return productId().toString();
    }
  }

  @EventType("refund-payment")
  record RefundPayment(OrderId orderId) implements ReturnCommand {}

  @EventType("complete-return")
  record CompleteReturn(OrderId orderId) implements ReturnCommand {}

  @EventType("refuse-return")
  record RefuseReturn(OrderId orderId) implements ReturnCommand {}
}
