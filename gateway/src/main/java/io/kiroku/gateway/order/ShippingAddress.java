package io.kiroku.gateway.order;

import io.kiroku.gateway.request.Checks;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where to. Personal data: on its way to the command-service, and never logged.
///
/// @param country ISO 3166-1 alpha-2
record ShippingAddress(
    @Nullable String recipient,
    @Nullable String line1,
    @Nullable String line2,
    @Nullable String city,
    @Nullable String region,
    @Nullable String postalCode,
    @Nullable String country) {
  private static final int LENGTH_MAX = 200;
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

  io.kiroku.proto.ordering.v1.ShippingAddress toMessage(Checks checks) {
    String iso = checks.text(path("country"), country, LENGTH_MAX);
    checks.that(
        iso.isEmpty() || COUNTRY.matcher(iso).matches(),
        path("country"),
        "must be two capital letters");
    return io.kiroku.proto.ordering.v1.ShippingAddress.newBuilder()
        .setRecipient(checks.text(path("recipient"), recipient, LENGTH_MAX))
        .setLine1(checks.text(path("line1"), line1, LENGTH_MAX))
        .setLine2(checks.optionalText(path("line2"), line2, LENGTH_MAX))
        .setCity(checks.text(path("city"), city, LENGTH_MAX))
        .setRegion(checks.optionalText(path("region"), region, LENGTH_MAX))
        .setPostalCode(checks.text(path("postalCode"), postalCode, LENGTH_MAX))
        .setCountry(iso)
        .build();
  }

  private static String path(String field) {
    return "shippingAddress." + field;
  }

  @Override
  public String toString() {
    return "ShippingAddress[…]";
  }
}
