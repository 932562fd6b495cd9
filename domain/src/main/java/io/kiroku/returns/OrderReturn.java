package io.kiroku.returns;

import io.kiroku.ordering.OrderEvent.OrderReturnRequested;
import io.kiroku.returns.ReturnCommand.CallOffReturn;
import io.kiroku.returns.ReturnCommand.CompleteReturn;
import io.kiroku.returns.ReturnCommand.ExpectReturn;
import io.kiroku.returns.ReturnCommand.RefundPayment;
import io.kiroku.returns.ReturnCommand.RefuseReturn;
import io.kiroku.returns.ReturnCommand.ReturnStock;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.SagaCodes;
import io.kiroku.saga.StepSaga;
import io.kiroku.shared.OrderId;
import java.util.List;

/// How a delivered order is taken back: which steps, in which order, and what undoes each.
///
/// Until the goods are here it can be given up, and nothing has happened. From then on the shop
/// owes the money, so nothing is undone any more: stock first, because the goods are here whatever
/// the payment provider says; the order is returned when all the rest is true.
public final class OrderReturn {
  /// The stored name of the process.
  public static final String NAME = "order-return";

  /// Why a return is refused whose goods never came.
  public static final String EXPIRED = "RETURN_EXPIRED";

  private final ReturnSettings settings;

  public OrderReturn(ReturnSettings settings) {
    this.settings = settings;
  }

  public StepSaga<ReturnCommand> saga() {
    return new StepSaga<>(NAME, settings.policies(), settings.deadline(), settings.compensation());
  }

  public ReturnTriggers triggers() {
    return new ReturnTriggers(this);
  }

  /// The whole process of one order's return. Its first step has nothing to do: the return was
  /// asked for. It exists for its compensation, which therefore comes last.
  public List<PlannedStep<ReturnCommand>> plan(OrderReturnRequested requested) {
    OrderId order = requested.orderId();
    List<ReturnCommand> stock =
        requested.lines().stream()
            .<ReturnCommand>map(line -> new ReturnStock(order, line.productId()))
            .toList();
    return List.of(
        new PlannedStep<>(ReturnSteps.ACCEPT_RETURN, List.of(), List.of(new RefuseReturn(order))),
        new PlannedStep<>(
            ReturnSteps.RECEIVE_GOODS,
            List.of(new ExpectReturn(order, requested.at().plus(settings.goodsWithin()))),
            List.of(new CallOffReturn(order))),
        new PlannedStep<>(ReturnSteps.RETURN_STOCK, stock, List.of()),
        new PlannedStep<>(ReturnSteps.REFUND_PAYMENT, List.of(new RefundPayment(order)), List.of()),
        new PlannedStep<>(
            ReturnSteps.COMPLETE_RETURN, List.of(new CompleteReturn(order)), List.of()));
  }

  /// Why a return was refused, in the words of the shop.
  ///
  /// @param code why the process went back
  public static String refusal(String code) {
    boolean late =
        code.equals(SagaCodes.STEP_TIMED_OUT) || code.equals(SagaCodes.SAGA_DEADLINE_EXCEEDED);
    return late ? EXPIRED : code;
  }
}
