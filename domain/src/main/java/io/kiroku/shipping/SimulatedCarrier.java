package io.kiroku.shipping;

import java.util.Optional;
import java.util.Set;

/// The rules of the built-in carrier: where it goes, always the same.
///
/// Postal codes that begin with `000` do not exist, those that begin with `999` are restricted, as
/// is every country that it does not serve.
public final class SimulatedCarrier {
  private static final Set<String> COUNTRIES_SERVED =
      Set.of("JP", "US", "CA", "GB", "DE", "FR", "IT", "ES", "NL", "AU", "NZ", "KR", "TW", "SG");

  private SimulatedCarrier() {}

  /// Empty if the carrier delivers there.
  ///
  /// @param country two letters, ISO 3166-1
  public static Optional<ShipmentRejection> refuses(String postalCode, String country) {
    if (postalCode.isBlank() || postalCode.startsWith("000")) {
      return Optional.of(ShipmentRejection.INVALID_ADDRESS);
    }
    if (postalCode.startsWith("999") || !COUNTRIES_SERVED.contains(country)) {
      return Optional.of(ShipmentRejection.RESTRICTED_AREA);
    }
    return Optional.empty();
  }
}
