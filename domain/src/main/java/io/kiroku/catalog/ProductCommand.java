package io.kiroku.catalog;

import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.ProductId;
import java.time.Instant;
import java.util.Currency;

/// Orders to one product.
///
/// A command that puts it into a category is only given on the revision at which the category's
/// [Shelf] has let it in: a deletion of the category that comes in between writes to the product's
/// stream too.
public sealed interface ProductCommand {
  /// @param categoryExists whether the category has let the product in
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

  /// @param categoryExists whether the category has let the product in
  record ChangeProductCategory(
      ProductId productId, CategoryId categoryId, boolean categoryExists, Instant now)
      implements ProductCommand {}

  /// What is in stock stays there, and orders that were placed are carried out.
  record DiscontinueProduct(ProductId productId, Instant now) implements ProductCommand {}

  /// Part of deleting a category: whoever was about to put the product there is too late.
  record TurnProductAway(ProductId productId, CategoryId categoryId, Instant now)
      implements ProductCommand {}
}
