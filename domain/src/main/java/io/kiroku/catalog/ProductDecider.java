package io.kiroku.catalog;

import io.kiroku.catalog.Product.Absent;
import io.kiroku.catalog.Product.OnSale;
import io.kiroku.catalog.ProductCommand.CreateProduct;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import io.kiroku.shared.Money;
import java.util.Optional;

/// The rules of one product.
public final class ProductDecider implements Decider<ProductCommand, Product, ProductEvent> {
  @Override
  public Product initial() {
    return new Absent();
  }

  @Override
  public Decision<ProductEvent> decide(ProductCommand command, Product product) {
    return switch (command) {
      case CreateProduct create -> create(create, product);
    };
  }

  @Override
  public Product evolve(Product product, ProductEvent event) {
    return switch (event) {
      case ProductCreated(var id, var name, _, var price, var category, _) ->
          new OnSale(id, name, price, category);
    };
  }

  private static Decision<ProductEvent> create(CreateProduct create, Product product) {
    if (product instanceof OnSale) {
      return Decision.reject(CatalogRejection.PRODUCT_ALREADY_EXISTS);
    }
    return Texts.refusal(create.name(), create.description())
        .or(() -> priceRefusal(create))
        .or(() -> categoryRefusal(create))
        .<Decision<ProductEvent>>map(Decision::reject)
        .orElseGet(() ->
            Decision.accept(
                new ProductCreated(
                    create.productId(),
                    create.name().strip(),
                    create.description(),
                    create.price(),
                    create.categoryId(),
                    create.now())));
  }

  private static Optional<CatalogRejection> priceRefusal(CreateProduct create) {
    Money price = create.price();
    if (price.minorUnits() <= 0) {
      return Optional.of(CatalogRejection.PRICE_NOT_POSITIVE);
    }
    if (price.minorUnits() > Money.PRICE_MINOR_UNITS_MAX) {
      return Optional.of(CatalogRejection.PRICE_TOO_HIGH);
    }
    return price.currency().equals(create.shopCurrency())
        ? Optional.empty()
        : Optional.of(CatalogRejection.CURRENCY_NOT_SOLD_IN);
  }

  private static Optional<CatalogRejection> categoryRefusal(CreateProduct create) {
    return create.categoryExists()
        ? Optional.empty()
        : Optional.of(CatalogRejection.CATEGORY_NOT_FOUND);
  }
}
