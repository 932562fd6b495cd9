package io.kiroku.query.product;

import io.kiroku.query.listing.Words;
import io.kiroku.shared.Money;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/// One product.
///
/// @param discontinued no longer sold; it stays to be seen, because orders refer to it
/// @param position in the log of the event that created it; the newest product has the highest
/// @param foldedName what it is sorted by: its name without case and accents
/// @param words of name and description, for the search
@RegisterForReflection
record ProductDocument(
    String productId,
    String tenant,
    String name,
    String description,
    long priceMinorUnits,
    String currency,
    String categoryId,
    boolean discontinued,
    Instant createdAt,
    long position,
    String foldedName,
    List<String> words) {
  ProductDocument {
    words = List.copyOf(words);
  }

  ProductDocument(
      String productId,
      String tenant,
      String name,
      String description,
      long priceMinorUnits,
      String currency,
      String categoryId,
      boolean discontinued,
      Instant createdAt,
      long position) {
    this(
        productId,
        tenant,
        name,
        description,
        priceMinorUnits,
        currency,
        categoryId,
        discontinued,
        createdAt,
        position,
        Words.folded(name),
        Words.of(name + " " + description));
  }

  ProductDocument saying(String nextName, String nextDescription) {
    return next(nextName, nextDescription, priceMinorUnits, currency, categoryId, discontinued);
  }

  ProductDocument at(Money price) {
    String nextCurrency = price.currency().getCurrencyCode();
    return next(name, description, price.minorUnits(), nextCurrency, categoryId, discontinued);
  }

  ProductDocument in(String nextCategoryId) {
    return next(name, description, priceMinorUnits, currency, nextCategoryId, discontinued);
  }

  ProductDocument noLongerSold() {
    return next(name, description, priceMinorUnits, currency, categoryId, true);
  }

  private ProductDocument next(
      String nextName,
      String nextDescription,
      long nextPriceMinorUnits,
      String nextCurrency,
      String nextCategoryId,
      boolean nextDiscontinued) {
    return new ProductDocument(
        productId,
        tenant,
        nextName,
        nextDescription,
        nextPriceMinorUnits,
        nextCurrency,
        nextCategoryId,
        nextDiscontinued,
        createdAt,
        position);
  }
}
