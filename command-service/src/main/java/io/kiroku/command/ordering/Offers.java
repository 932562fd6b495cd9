package io.kiroku.command.ordering;

import io.kiroku.catalog.CatalogRejection;
import io.kiroku.catalog.Product;
import io.kiroku.command.catalog.Products;
import io.kiroku.ordering.OrderCommand.Offer;
import io.kiroku.service.error.Errors;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/// Names and prices of this moment, from the products' streams.
@Singleton
class Offers {
  private final Products products;

  Offers(Products products) {
    this.products = products;
  }

  /// In the order given. Fails with `PRODUCT_NOT_FOUND` or `PRODUCT_DISCONTINUED`.
  Uni<List<Offer>> of(String tenant, List<ProductId> ids) {
    return Multi.createFrom()
        .iterable(ids)
        .onItem()
        .transformToUni(id -> products.find(tenant, id).map(product -> offer(id, product)))
        .concatenate()
        .collect()
        .asList();
  }

  private static Offer offer(ProductId id, Product product) {
    return switch (product) {
      case Product.OnSale(_, var name, _, var price, _) -> new Offer(id, name, price);
      case Product.Discontinued _ -> throw Errors.rejected(CatalogRejection.PRODUCT_DISCONTINUED);
      case Product.Absent _ -> throw Errors.rejected(CatalogRejection.PRODUCT_NOT_FOUND);
    };
  }
}
