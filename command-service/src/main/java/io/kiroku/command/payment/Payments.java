package io.kiroku.command.payment;

import io.kiroku.command.participant.Outcomes;
import io.kiroku.command.payment.PaymentProvider.CaptureAnswer;
import io.kiroku.command.payment.PaymentProvider.CaptureAnswer.Captured;
import io.kiroku.command.payment.PaymentProvider.CaptureAnswer.Declined;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.CommandIds;
import io.kiroku.eventstore.Folded;
import io.kiroku.eventstore.StreamId;
import io.kiroku.payment.Payment;
import io.kiroku.payment.PaymentCommand;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.service.tracing.Traces;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Captures and refunds: intention into the log, question to the provider, answer into the log. The
/// same request again goes on wherever it was interrupted, because the state tells what is missing
/// and the provider knows its keys.
@Singleton
class Payments {
  private final CommandHandler<PaymentCommand, Payment, PaymentEvent> payments;
  private final PaymentProvider provider;
  private final Clock clock;

  Payments(
      CommandHandler<PaymentCommand, Payment, PaymentEvent> payments,
      PaymentProvider provider,
      Clock clock) {
    this.payments = payments;
    this.provider = provider;
    this.clock = clock;
  }

  /// @param request one attempt of a saga's step
  Uni<Void> capture(OrderId order, Money amount, String token, CommandContext request) {
    return state(new PaymentCommand.StartCapture(order, amount, clock.instant()), request)
        .flatMap(state ->
            state instanceof Payment.Capturing(var due)
                ? ask(order, due, token, request)
                : refundIfLate(order, state, request));
  }

  private Uni<Void> ask(OrderId order, Money amount, String token, CommandContext request) {
    return Traces.within(
            request.traceparent(),
            "payment-provider capture",
            () -> provider.capture(captureKey(order), amount, token))
        .flatMap(answer -> state(command(order, amount, answer), derived(request, "answer")))
        .flatMap(state -> refundIfLate(order, state, request));
  }

  /// Voided while the provider was being asked: nobody else will give the money back.
  private Uni<Void> refundIfLate(OrderId order, Payment state, CommandContext request) {
    return state instanceof Payment.CapturedAfterVoid
        ? refund(order, derived(request, "refund"))
        : Uni.createFrom().voidItem();
  }

  private PaymentCommand command(OrderId order, Money amount, CaptureAnswer answer) {
    return switch (answer) {
      case Captured(var reference) ->
          new PaymentCommand.RecordCapture(order, amount, reference, clock.instant());
      case Declined(var code) -> new PaymentCommand.RecordDecline(order, code, clock.instant());
    };
  }

  /// Gives back what was captured, or sees to it that nothing ever is.
  Uni<Void> refund(OrderId order, CommandContext request) {
    return state(new PaymentCommand.StartRefund(order, clock.instant()), request)
        .flatMap(state ->
            switch (state) {
              case Payment.Refunding(var amount, var reference) ->
                  Traces.within(
                          request.traceparent(),
                          "payment-provider refund",
                          () -> provider.refund(refundKey(order), reference, amount))
                      .flatMap(_ -> recordRefund(order, request));
              case Payment.Voided _ ->
                  Traces.within(
                      request.traceparent(),
                      "payment-provider void",
                      () -> provider.voidCapture(captureKey(order)));
              case Payment.Absent _,
                  Payment.Capturing _,
                  Payment.Captured _,
                  Payment.Declined _,
                  Payment.Refunded _,
                  Payment.CapturedAfterVoid _ ->
                  Uni.createFrom().voidItem();
            });
  }

  private Uni<Void> recordRefund(OrderId order, CommandContext request) {
    var command = new PaymentCommand.RecordRefund(order, clock.instant());
    return state(command, derived(request, "refunded")).replaceWithVoid();
  }

  /// The payment as it is now. For a command that comes again that is not the state after it came
  /// first: a capture that waited among the dead letters must see that it was voided meanwhile.
  private Uni<Payment> state(PaymentCommand command, CommandContext context) {
    StreamId stream = StreamId.of("payment", command.orderId().toString());
    return payments
        .handle(stream, command, context)
        .map(Outcomes::accepted)
        .flatMap(accepted ->
            accepted.repeated()
                ? payments.load(stream).map(Folded::state)
                : Uni.createFrom().item(accepted.state()));
  }

  /// One per order and step, whatever the attempt: the provider must never take money twice.
  private static String captureKey(OrderId order) {
    return order + ":process-payment";
  }

  private static String refundKey(OrderId order) {
    return order + ":refund-payment";
  }

  /// A further command of the same request; the same id whenever the request comes again.
  private static CommandContext derived(CommandContext request, String kind) {
    return new CommandContext(
        CommandIds.derived(request.commandId(), kind),
        request.requestHash(),
        request.actor(),
        request.tenant(),
        request.correlationId(),
        request.causationId(),
        request.sagaId(),
        request.traceparent(),
        null);
  }
}
