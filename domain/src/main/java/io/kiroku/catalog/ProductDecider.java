package io.kiroku.catalog;

import io.kiroku.catalog.Product.Absent;
import io.kiroku.catalog.Product.Discontinued;
import io.kiroku.catalog.Product.OnSale;
import io.kiroku.catalog.ProductCommand.ChangeProductCategory;
import io.kiroku.catalog.ProductCommand.ChangeProductPrice;
import io.kiroku.catalog.ProductCommand.CreateProduct;
import io.kiroku.catalog.ProductCommand.DiscontinueProduct;
import io.kiroku.catalog.ProductCommand.TurnProductAway;
import io.kiroku.catalog.ProductCommand.UpdateProduct;
import io.kiroku.catalog.ProductEvent.ProductCategoryChanged;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.catalog.ProductEvent.ProductDiscontinued;
import io.kiroku.catalog.ProductEvent.ProductPriceChanged;
import io.kiroku.catalog.ProductEvent.ProductTurnedAway;
import io.kiroku.catalog.ProductEvent.ProductUpdated;
import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import io.kiroku.shared.Money;
import java.util.Currency;
import java.util.Optional;
import java.util.function.Function;

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
      case UpdateProduct update -> ifOnSale(product, onSale -> update(update, onSale));
      case ChangeProductPrice change -> ifOnSale(product, onSale -> changePrice(change, onSale));
      case ChangeProductCategory change ->
          ifOnSale(product, onSale -> changeCategory(change, onSale));
      case DiscontinueProduct discontinue -> discontinue(discontinue, product);
      case TurnProductAway turnAway -> turnAway(turnAway, product);
    };
  }

  @Override
  public Product evolve(Product product, ProductEvent event) {
    return switch (event) {
      case ProductCreated(var id, var name, var description, var price, var category, _) ->
          new OnSale(id, name, description, price, category);
      case ProductUpdated(_, var name, var description, _) ->
          product instanceof OnSale(var id, _, _, var price, var category)
              ? new OnSale(id, name, description, price, category)
              : product;
      case ProductPriceChanged(_, var price, _) ->
          product instanceof OnSale(var id, var name, var description, _, var category)
              ? new OnSale(id, name, description, price, category)
              : product;
      case ProductCategoryChanged(_, var category, _) ->
          product instanceof OnSale(var id, var name, var description, var price, _)
              ? new OnSale(id, name, description, price, category)
              : product;
      case ProductDiscontinued(var id, _) -> new Discontinued(id);
      case ProductTurnedAway _ -> product;
    };
  }

  private static Decision<ProductEvent> create(CreateProduct create, Product product) {
    if (!(product instanceof Absent)) {
      return Decision.reject(CatalogRejection.PRODUCT_ALREADY_EXISTS);
    }
    return Texts.refusal(create.name(), create.description())
        .or(() -> priceRefusal(create.price(), create.shopCurrency()))
        .or(() -> categoryRefusal(create.categoryExists()))
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

  private static Decision<ProductEvent> update(UpdateProduct update, OnSale product) {
    var refusal = Texts.refusal(update.name(), update.description());
    if (refusal.isPresent()) {
      return Decision.reject(refusal.get());
    }
    String name = update.name().strip();
    return name.equals(product.name()) && update.description().equals(product.description())
        ? Decision.accept()
        : Decision.accept(
            new ProductUpdated(update.productId(), name, update.description(), update.now()));
  }

  private static Decision<ProductEvent> changePrice(ChangeProductPrice change, OnSale product) {
    var refusal = priceRefusal(change.price(), change.shopCurrency());
    if (refusal.isPresent()) {
      return Decision.reject(refusal.get());
    }
    return change.price().equals(product.price())
        ? Decision.accept()
        : Decision.accept(
            new ProductPriceChanged(change.productId(), change.price(), change.now()));
  }

  private static Decision<ProductEvent> changeCategory(
      ChangeProductCategory change, OnSale product) {
    var refusal = categoryRefusal(change.categoryExists());
    if (refusal.isPresent()) {
      return Decision.reject(refusal.get());
    }
    return change.categoryId().equals(product.categoryId())
        ? Decision.accept()
        : Decision.accept(
            new ProductCategoryChanged(change.productId(), change.categoryId(), change.now()));
  }

  private static Decision<ProductEvent> discontinue(
      DiscontinueProduct discontinue, Product product) {
    return switch (product) {
      case Absent _ -> Decision.reject(CatalogRejection.PRODUCT_NOT_FOUND);
      case OnSale _ ->
          Decision.accept(new ProductDiscontinued(discontinue.productId(), discontinue.now()));
      case Discontinued _ -> Decision.accept();
    };
  }

  private static Decision<ProductEvent> turnAway(TurnProductAway turnAway, Product product) {
    return switch (product) {
      case Discontinued _ -> Decision.accept();
      case OnSale onSale when onSale.isIn(turnAway.categoryId()) ->
          Decision.reject(CatalogRejection.CATEGORY_HAS_PRODUCTS);
      case OnSale _, Absent _ ->
          Decision.accept(
              new ProductTurnedAway(turnAway.productId(), turnAway.categoryId(), turnAway.now()));
    };
  }

  private static Decision<ProductEvent> ifOnSale(
      Product product, Function<OnSale, Decision<ProductEvent>> rule) {
    return switch (product) {
      case Absent _ -> Decision.reject(CatalogRejection.PRODUCT_NOT_FOUND);
      case OnSale onSale -> rule.apply(onSale);
      case Discontinued _ -> Decision.reject(CatalogRejection.PRODUCT_DISCONTINUED);
    };
  }

  private static Optional<CatalogRejection> priceRefusal(Money price, Currency shop) {
    if (price.minorUnits() <= 0) {
      return Optional.of(CatalogRejection.PRICE_NOT_POSITIVE);
    }
    if (price.minorUnits() > Money.PRICE_MINOR_UNITS_MAX) {
      return Optional.of(CatalogRejection.PRICE_TOO_HIGH);
    }
    return price.currency().equals(shop)
        ? Optional.empty()
        : Optional.of(CatalogRejection.CURRENCY_NOT_SOLD_IN);
  }

  private static Optional<CatalogRejection> categoryRefusal(boolean categoryExists) {
    return categoryExists ? Optional.empty() : Optional.of(CatalogRejection.CATEGORY_NOT_FOUND);
  }
}
