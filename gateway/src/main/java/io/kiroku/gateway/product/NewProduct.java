package io.kiroku.gateway.product;

import io.kiroku.gateway.request.Checks;
import io.kiroku.proto.catalog.v1.CreateProductRequest;
import org.jspecify.annotations.Nullable;

/// A product to be created.
///
/// @param priceMinorUnits in the currency's smallest unit
/// @param currency ISO 4217
record NewProduct(
    @Nullable String name,
    @Nullable String description,
    @Nullable Long priceMinorUnits,
    @Nullable String currency,
    @Nullable String categoryId) {
  private static final long PRICE_MAX = 1_000_000_000_000L;

  CreateProductRequest toRequest() {
    Checks checks = new Checks();
    CreateProductRequest.Builder request =
        CreateProductRequest.newBuilder()
            .setName(checks.text("name", name, 200))
            .setDescription(checks.optionalText("description", description, 2_000))
            .setPriceMinorUnits(checks.within("priceMinorUnits", priceMinorUnits, 1, PRICE_MAX))
            .setCurrency(checks.text("currency", currency, 3))
            .setCategoryId(checks.id("categoryId", categoryId));
    checks.done();
    return request.build();
  }
}
