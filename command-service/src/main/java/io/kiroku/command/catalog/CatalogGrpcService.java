package io.kiroku.command.catalog;

import io.kiroku.catalog.CategoryCommand;
import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.CategoryTree;
import io.kiroku.catalog.Product;
import io.kiroku.catalog.ProductCommand;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.command.call.CommandCall;
import io.kiroku.command.call.Fields;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.StreamId;
import io.kiroku.proto.catalog.v1.CatalogService;
import io.kiroku.proto.catalog.v1.CreateCategoryRequest;
import io.kiroku.proto.catalog.v1.CreateCategoryResponse;
import io.kiroku.proto.catalog.v1.CreateProductRequest;
import io.kiroku.proto.catalog.v1.CreateProductResponse;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.ProductId;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Creates categories and products for writers.
@GrpcService
class CatalogGrpcService implements CatalogService {
  private static final int CATEGORY_NAME_MOST = 100;
  private static final int PRODUCT_NAME_MOST = 200;
  private static final int DESCRIPTION_MOST = 2_000;

  private final CommandHandler<CategoryCommand, CategoryTree, CategoryEvent> categories;
  private final CommandHandler<ProductCommand, Product, ProductEvent> products;
  private final ShopConfig shop;
  private final Clock clock;

  CatalogGrpcService(
      CommandHandler<CategoryCommand, CategoryTree, CategoryEvent> categories,
      CommandHandler<ProductCommand, Product, ProductEvent> products,
      ShopConfig shop,
      Clock clock) {
    this.categories = categories;
    this.products = products;
    this.shop = shop;
    this.clock = clock;
  }

  @Override
  public Uni<CreateCategoryResponse> createCategory(CreateCategoryRequest request) {
    CommandCall call = CommandCall.begin("CreateCategory", request);
    call.caller().requireWriter();
    CategoryId id = new CategoryId(call.derived("category"));
    Long expected = request.hasExpectedRevision() ? request.getExpectedRevision() : null;
    return categories
        .handle(treeOf(call.caller().tenant()), command(id, request), call.context(expected))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    CreateCategoryResponse.newBuilder()
                        .setCategoryId(id.toString())
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  private CategoryCommand command(CategoryId id, CreateCategoryRequest request) {
    Fields fields =
        new Fields()
            .neededText("name", request.getName(), CATEGORY_NAME_MOST)
            .text("description", request.getDescription(), DESCRIPTION_MOST);
    Optional<UUID> parent =
        request.hasParentCategoryId()
            ? fields.uuid("parent_category_id", request.getParentCategoryId())
            : Optional.empty();
    fields.verify();
    @Nullable CategoryId parentId = parent.map(CategoryId::new).orElse(null);
    return new CategoryCommand.CreateCategory(
        id, request.getName(), request.getDescription(), parentId, clock.instant());
  }

  @Override
  public Uni<CreateProductResponse> createProduct(CreateProductRequest request) {
    CommandCall call = CommandCall.begin("CreateProduct", request);
    call.caller().requireWriter();
    ProductId id = new ProductId(call.derived("product"));
    CategoryId category = validCategory(request);
    Money price = new Money(request.getPriceMinorUnits(), currency(request.getCurrency()));
    return categories
        .load(treeOf(call.caller().tenant()))
        .map(tree ->
            new ProductCommand.CreateProduct(
                id,
                request.getName(),
                request.getDescription(),
                price,
                category,
                tree.state().has(category),
                shop.currency(),
                clock.instant()))
        .flatMap(command -> products.handle(Products.stream(id), command, call.context(null)))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    CreateProductResponse.newBuilder()
                        .setProductId(id.toString())
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  private static CategoryId validCategory(CreateProductRequest request) {
    Fields fields =
        new Fields()
            .neededText("name", request.getName(), PRODUCT_NAME_MOST)
            .text("description", request.getDescription(), DESCRIPTION_MOST);
    Optional<UUID> category = fields.uuid("category_id", request.getCategoryId());
    currencyOf(request.getCurrency(), fields);
    fields.verify();
    return new CategoryId(category.orElseThrow());
  }

  private static void currencyOf(String code, Fields fields) {
    try {
      currency(code);
    } catch (IllegalArgumentException unknown) {
      fields.check("currency", false, "is no ISO 4217 code");
    }
  }

  private static Currency currency(String code) {
    return Currency.getInstance(code);
  }

  private static StreamId treeOf(String tenant) {
    return StreamId.of("categories", tenant);
  }
}
