package io.kiroku.command.payment;

import io.kiroku.command.payment.PaymentProvider.CaptureAnswer.Captured;
import io.kiroku.command.payment.PaymentProvider.CaptureAnswer.Declined;
import io.kiroku.command.provider.ProviderClient;
import io.kiroku.command.provider.ProviderRefused;
import io.kiroku.payment.PaymentRejection;
import io.kiroku.shared.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/// Whoever speaks the payment part of `docs/providers.md`. What it fails with is known to
/// [ProviderClient]; an answer that is not in the contract fails with [ProviderRefused].
final class HttpPaymentProvider implements PaymentProvider {
  private static final int PAYMENT_REQUIRED = 402;

  private static final Set<String> DECLINES =
      Set.of(
          PaymentRejection.INSUFFICIENT_FUNDS.code(),
          PaymentRejection.INVALID_PAYMENT_METHOD.code(),
          PaymentRejection.FRAUD_SUSPECTED.code(),
          PaymentRejection.PROVIDER_UNAVAILABLE.code(),
          PaymentRejection.PAYMENT_VOIDED.code());

  private final ProviderClient client;

  HttpPaymentProvider(ProviderClient client) {
    this.client = client;
  }

  @Override
  public Uni<CaptureAnswer> capture(String idempotencyKey, Money amount, String token) {
    return client
        .post("/v1/payments", idempotencyKey, json(amount).put("token", token))
        .map(answer -> {
          if (answer.isSuccess() && !answer.reference().isEmpty()) {
            return new Captured(answer.reference());
          }
          if (answer.status() == PAYMENT_REQUIRED && DECLINES.contains(answer.code())) {
            return new Declined(answer.code());
          }
          throw ProviderRefused.unforeseen("a capture", answer);
        });
  }

  @Override
  public Uni<Void> refund(String idempotencyKey, String reference, Money amount) {
    return client
        .post("/v1/refunds", idempotencyKey, json(amount).put("reference", reference))
        .map(answer -> answer.successOf("a refund"))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> voidCapture(String idempotencyKey) {
    return client
        .post(
            "/v1/voids", idempotencyKey + ":void", new JsonObject().put("payment", idempotencyKey))
        .map(answer -> answer.successOf("a void"))
        .replaceWithVoid();
  }

  private static JsonObject json(Money amount) {
    return new JsonObject()
        .put("amount", amount.minorUnits())
        .put("currency", amount.currency().getCurrencyCode());
  }
}
