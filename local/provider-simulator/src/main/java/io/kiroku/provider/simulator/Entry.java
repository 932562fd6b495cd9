package io.kiroku.provider.simulator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// One line of the book. Amounts are in the smallest unit of their currency, `at` is ISO 8601.
///
/// Addresses are not in it: they are personal, and nobody asks for them again.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Entry.Captured.class, name = "captured"),
  @JsonSubTypes.Type(value = Entry.Declined.class, name = "declined"),
  @JsonSubTypes.Type(value = Entry.Voided.class, name = "voided"),
  @JsonSubTypes.Type(value = Entry.Refunded.class, name = "refunded"),
  @JsonSubTypes.Type(value = Entry.Arranged.class, name = "arranged"),
  @JsonSubTypes.Type(value = Entry.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Entry.Cancelled.class, name = "cancelled")
})
sealed interface Entry {
  sealed interface OfPayments extends Entry {}

  sealed interface OfShipments extends Entry {}

  record Captured(
      String key, String reference, long amount, String currency, String token, String at)
      implements OfPayments {}

  record Declined(String key, String code, long amount, String currency, String token, String at)
      implements OfPayments {}

  /// Of a captured payment too: what is left of it goes back.
  record Voided(String key, String at) implements OfPayments {}

  /// @param amount 0 if the payment had been voided before
  record Refunded(String key, String payment, long asked, long amount, String at)
      implements OfPayments {}

  record Arranged(String key, String reference, String at) implements OfShipments {}

  record Refused(String key, String code, String at) implements OfShipments {}

  record Cancelled(String key, String at) implements OfShipments {}
}
