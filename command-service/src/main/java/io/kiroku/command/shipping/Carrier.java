package io.kiroku.command.shipping;

import io.kiroku.ordering.ShippingAddress;
import io.smallrye.mutiny.Uni;

/// Port to whoever carries the goods. Every call may be repeated with the same key: its effect
/// happens once. A carrier that cannot be reached fails with [java.io.IOException]; the call is
/// then repeated.
public interface Carrier {
  /// @param idempotencyKey one per order
  Uni<Answer> arrange(String idempotencyKey, ShippingAddress address);

  /// Of what was never arranged too: then it never will be.
  Uni<Void> cancel(String idempotencyKey);

  /// What the carrier said.
  sealed interface Answer {
    record Arranged(String reference) implements Answer {}

    record Refused(String code) implements Answer {}
  }
}
