package io.kiroku.command.shipping;

import io.kiroku.command.shipping.Carrier.Answer.Arranged;
import io.kiroku.command.shipping.Carrier.Answer.Refused;
import io.kiroku.ordering.ShippingAddress;
import io.kiroku.shipping.SimulatedCarrier;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/// Carries nothing; the address alone decides, so answers are the same for ever.
final class BuiltInCarrier implements Carrier {
  @Override
  public Uni<Answer> arrange(String idempotencyKey, ShippingAddress address) {
    Optional<Answer> refused =
        SimulatedCarrier.refuses(address.postalCode(), address.country())
            .map(reason -> new Refused(reason.code()));
    return Uni.createFrom()
        .item(refused.orElseGet(() -> new Arranged("simulated-" + idempotencyKey)));
  }

  @Override
  public Uni<Void> cancel(String idempotencyKey) {
    return Uni.createFrom().voidItem();
  }
}
