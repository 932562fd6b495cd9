package io.kiroku.catalog;

import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.ProductId;
import java.time.Instant;
import java.util.Currency;

/// Orders to one product.
public sealed interface ProductCommand {
  /// @param categoryExists what the tree of categories said just now; the tree is another stream
  /// @param shopCurrency the one currency that the shop sells in
  record CreateProduct(
      ProductId productId,
      String name,
      String description,
      Money price,
      CategoryId categoryId,
      boolean categoryExists,
      Currency shopCurrency,
      Instant now)
      implements ProductCommand {}
}
