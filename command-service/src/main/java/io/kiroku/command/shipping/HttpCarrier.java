package io.kiroku.command.shipping;

import io.kiroku.command.provider.ProviderClient;
import io.kiroku.command.provider.ProviderRefused;
import io.kiroku.command.shipping.Carrier.Answer.Arranged;
import io.kiroku.command.shipping.Carrier.Answer.Refused;
import io.kiroku.ordering.ShippingAddress;
import io.kiroku.shipping.ShipmentRejection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/// Whoever speaks the carrier's part of `docs/providers.md`. What it fails with is known to
/// [ProviderClient]; an answer that is not in the contract fails with [ProviderRefused].
final class HttpCarrier implements Carrier {
  private static final int UNPROCESSABLE = 422;

  private static final Set<String> REFUSALS =
      Set.of(
          ShipmentRejection.INVALID_ADDRESS.code(),
          ShipmentRejection.RESTRICTED_AREA.code(),
          ShipmentRejection.SHIPMENT_CANCELLED.code());

  private final ProviderClient client;

  HttpCarrier(ProviderClient client) {
    this.client = client;
  }

  @Override
  public Uni<Answer> arrange(String idempotencyKey, ShippingAddress address) {
    return client
        .post("/v1/shipments", idempotencyKey, json(address))
        .map(answer -> {
          if (answer.isSuccess() && !answer.reference().isEmpty()) {
            return new Arranged(answer.reference());
          }
          if (answer.status() == UNPROCESSABLE && REFUSALS.contains(answer.code())) {
            return new Refused(answer.code());
          }
          throw ProviderRefused.unforeseen("a shipment", answer);
        });
  }

  @Override
  public Uni<Void> cancel(String idempotencyKey) {
    return client
        .post(
            "/v1/shipment-cancellations",
            idempotencyKey + ":cancel",
            new JsonObject().put("shipment", idempotencyKey))
        .map(answer -> answer.successOf("a cancellation"))
        .replaceWithVoid();
  }

  private static JsonObject json(ShippingAddress address) {
    return new JsonObject()
        .put("recipient", address.recipient())
        .put("line1", address.line1())
        .put("line2", address.line2())
        .put("city", address.city())
        .put("region", address.region())
        .put("postalCode", address.postalCode())
        .put("country", address.country());
  }
}
