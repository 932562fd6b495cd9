package io.kiroku.catalog;

import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.ProductId;
import java.time.Instant;
import java.util.Currency;

/// Orders to one product.
///
/// What a command tells about the tree of categories is what that stream said just before: a
/// category that is deleted in between is not noticed, see [CategoryCommand.DeleteCategory].
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

  record UpdateProduct(ProductId productId, String name, String description, Instant now)
      implements ProductCommand {}

  /// Orders that were placed keep the price that they were placed with.
  ///
  /// @param shopCurrency the one currency that the shop sells in
  record ChangeProductPrice(ProductId productId, Money price, Currency shopCurrency, Instant now)
      implements ProductCommand {}

  /// @param categoryExists what the tree of categories said just now
  record ChangeProductCategory(
      ProductId productId, CategoryId categoryId, boolean categoryExists, Instant now)
      implements ProductCommand {}

  /// What is in stock stays there, and orders that were placed are carried out.
  record DiscontinueProduct(ProductId productId, Instant now) implements ProductCommand {}
}
