package io.kiroku.command.payment;

import io.kiroku.command.payment.PaymentProvider.CaptureAnswer.Captured;
import io.kiroku.command.payment.PaymentProvider.CaptureAnswer.Declined;
import io.kiroku.payment.SimulatedProvider;
import io.kiroku.shared.Money;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/// The built-in provider: no money moves; the token alone decides, so answers are the same for ever
/// and nothing has to be remembered.
final class SimulatedPaymentProvider implements PaymentProvider {
  @Override
  public Uni<CaptureAnswer> capture(String idempotencyKey, Money amount, String token) {
    Optional<CaptureAnswer> declined =
        SimulatedProvider.declines(token).map(reason -> new Declined(reason.code()));
    return Uni.createFrom()
        .item(declined.orElseGet(() -> new Captured("simulated-" + idempotencyKey)));
  }

  @Override
  public Uni<Void> refund(String idempotencyKey, String reference, Money amount) {
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> voidCapture(String idempotencyKey) {
    return Uni.createFrom().voidItem();
  }
}
