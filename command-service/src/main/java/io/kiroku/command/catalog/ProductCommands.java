package io.kiroku.command.catalog;

import io.kiroku.catalog.Product;
import io.kiroku.catalog.ProductCommand;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.command.call.CommandCall;
import io.kiroku.command.call.Fields;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.proto.catalog.v1.ChangeProductCategoryRequest;
import io.kiroku.proto.catalog.v1.ChangeProductPriceRequest;
import io.kiroku.proto.catalog.v1.CreateProductRequest;
import io.kiroku.proto.catalog.v1.DiscontinueProductRequest;
import io.kiroku.proto.catalog.v1.UpdateProductRequest;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Commands on products, from the fields of a request to the outcome.
@Singleton
class ProductCommands {
  private static final int NAME_MOST = 200;
  private static final int DESCRIPTION_MOST = 2_000;

  private final CommandHandler<ProductCommand, Product, ProductEvent> products;
  private final ProductPlacing placing;
  private final ShopConfig shop;
  private final Clock clock;

  ProductCommands(
      CommandHandler<ProductCommand, Product, ProductEvent> products,
      ProductPlacing placing,
      ShopConfig shop,
      Clock clock) {
    this.products = products;
    this.placing = placing;
    this.shop = shop;
    this.clock = clock;
  }

  Uni<CommandOutcome<Product, ProductEvent>> create(
      CommandCall call, ProductId id, CreateProductRequest request) {
    Fields fields = texts(request.getName(), request.getDescription());
    Optional<UUID> category = fields.uuid("category_id", request.getCategoryId());
    checkCurrency(request.getCurrency(), fields);
    fields.verify();
    CategoryId categoryId = new CategoryId(category.orElseThrow());
    Money price =
        new Money(request.getPriceMinorUnits(), Currency.getInstance(request.getCurrency()));
    return placing.put(
        id,
        categoryId,
        letIn ->
            new ProductCommand.CreateProduct(
                id,
                request.getName(),
                request.getDescription(),
                price,
                categoryId,
                letIn,
                shop.currency(),
                clock.instant()),
        call.context(null));
  }

  Uni<CommandOutcome<Product, ProductEvent>> update(
      CommandCall call, UpdateProductRequest request) {
    ProductId id =
        productId(request.getProductId(), texts(request.getName(), request.getDescription()));
    return handle(
        call,
        id,
        new ProductCommand.UpdateProduct(
            id, request.getName(), request.getDescription(), clock.instant()),
        request.hasExpectedRevision() ? request.getExpectedRevision() : null);
  }

  Uni<CommandOutcome<Product, ProductEvent>> changePrice(
      CommandCall call, ChangeProductPriceRequest request) {
    Fields fields = new Fields();
    checkCurrency(request.getCurrency(), fields);
    ProductId id = productId(request.getProductId(), fields);
    Money price =
        new Money(request.getPriceMinorUnits(), Currency.getInstance(request.getCurrency()));
    return handle(
        call,
        id,
        new ProductCommand.ChangeProductPrice(id, price, shop.currency(), clock.instant()),
        request.hasExpectedRevision() ? request.getExpectedRevision() : null);
  }

  Uni<CommandOutcome<Product, ProductEvent>> changeCategory(
      CommandCall call, ChangeProductCategoryRequest request) {
    Fields fields = new Fields();
    Optional<UUID> category = fields.uuid("category_id", request.getCategoryId());
    ProductId id = productId(request.getProductId(), fields);
    CategoryId categoryId = new CategoryId(category.orElseThrow());
    Long expected = request.hasExpectedRevision() ? request.getExpectedRevision() : null;
    return placing.put(
        id,
        categoryId,
        letIn -> new ProductCommand.ChangeProductCategory(id, categoryId, letIn, clock.instant()),
        call.context(expected));
  }

  Uni<CommandOutcome<Product, ProductEvent>> discontinue(
      CommandCall call, DiscontinueProductRequest request) {
    ProductId id = productId(request.getProductId(), new Fields());
    return handle(
        call,
        id,
        new ProductCommand.DiscontinueProduct(id, clock.instant()),
        request.hasExpectedRevision() ? request.getExpectedRevision() : null);
  }

  private Uni<CommandOutcome<Product, ProductEvent>> handle(
      CommandCall call, ProductId id, ProductCommand command, @Nullable Long expectedRevision) {
    return products.handle(Products.stream(id), command, call.context(expectedRevision));
  }

  /// Fails with every violation of the request if there is any.
  private static ProductId productId(String value, Fields fields) {
    Optional<UUID> id = fields.uuid("product_id", value);
    fields.verify();
    return new ProductId(id.orElseThrow());
  }

  private static Fields texts(String name, String description) {
    return new Fields()
        .neededText("name", name, NAME_MOST)
        .text("description", description, DESCRIPTION_MOST);
  }

  private static void checkCurrency(String code, Fields fields) {
    fields.check(
        "currency",
        Currency.getAvailableCurrencies().stream()
            .anyMatch(currency -> currency.getCurrencyCode().equals(code)),
        "is no ISO 4217 code");
  }
}
