package io.kiroku.ordering;

/// Where an order goes. Personal: it is stored as [io.kiroku.decider.Personal] only.
///
/// @param line2 may be empty, like `region`
/// @param country two letters, ISO 3166-1
public record ShippingAddress(
    String recipient,
    String line1,
    String line2,
    String city,
    String region,
    String postalCode,
    String country) {}
