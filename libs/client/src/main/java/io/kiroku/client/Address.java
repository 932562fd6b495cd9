package io.kiroku.client;

/// Where an order goes.
///
/// @param country ISO 3166-1 alpha-2
public record Address(
    String recipient, String line1, String city, String postalCode, String country) {}
