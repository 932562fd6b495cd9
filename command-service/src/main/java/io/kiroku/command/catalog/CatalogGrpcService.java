package io.kiroku.command.catalog;

import com.google.protobuf.Message;
import io.kiroku.command.call.CommandCall;
import io.kiroku.command.call.Fields;
import io.kiroku.proto.catalog.v1.CatalogService;
import io.kiroku.proto.catalog.v1.ChangeProductCategoryRequest;
import io.kiroku.proto.catalog.v1.ChangeProductCategoryResponse;
import io.kiroku.proto.catalog.v1.ChangeProductPriceRequest;
import io.kiroku.proto.catalog.v1.ChangeProductPriceResponse;
import io.kiroku.proto.catalog.v1.CreateCategoryRequest;
import io.kiroku.proto.catalog.v1.CreateCategoryResponse;
import io.kiroku.proto.catalog.v1.CreateProductRequest;
import io.kiroku.proto.catalog.v1.CreateProductResponse;
import io.kiroku.proto.catalog.v1.DeleteCategoryRequest;
import io.kiroku.proto.catalog.v1.DeleteCategoryResponse;
import io.kiroku.proto.catalog.v1.DiscontinueProductRequest;
import io.kiroku.proto.catalog.v1.DiscontinueProductResponse;
import io.kiroku.proto.catalog.v1.MoveCategoryRequest;
import io.kiroku.proto.catalog.v1.MoveCategoryResponse;
import io.kiroku.proto.catalog.v1.UpdateCategoryRequest;
import io.kiroku.proto.catalog.v1.UpdateCategoryResponse;
import io.kiroku.proto.catalog.v1.UpdateProductRequest;
import io.kiroku.proto.catalog.v1.UpdateProductResponse;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.ProductId;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;

/// Creates, changes and ends categories and products for writers.
@GrpcService
class CatalogGrpcService implements CatalogService {
  private final CategoryCommands categories;
  private final CategoryDeletion deletion;
  private final ProductCommands products;

  CatalogGrpcService(
      CategoryCommands categories, CategoryDeletion deletion, ProductCommands products) {
    this.categories = categories;
    this.deletion = deletion;
    this.products = products;
  }

  @Override
  public Uni<CreateCategoryResponse> createCategory(CreateCategoryRequest request) {
    CommandCall call = begin("CreateCategory", request);
    CategoryId id = new CategoryId(call.derived("category"));
    return categories
        .create(call, id, request)
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

  @Override
  public Uni<CreateProductResponse> createProduct(CreateProductRequest request) {
    CommandCall call = begin("CreateProduct", request);
    ProductId id = new ProductId(call.derived("product"));
    return products
        .create(call, id, request)
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

  @Override
  public Uni<UpdateCategoryResponse> updateCategory(UpdateCategoryRequest request) {
    CommandCall call = begin("UpdateCategory", request);
    return categories
        .update(call, request)
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    UpdateCategoryResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<MoveCategoryResponse> moveCategory(MoveCategoryRequest request) {
    CommandCall call = begin("MoveCategory", request);
    return categories
        .move(call, request)
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    MoveCategoryResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<DeleteCategoryResponse> deleteCategory(DeleteCategoryRequest request) {
    CommandCall call = begin("DeleteCategory", request);
    Fields fields = new Fields();
    Optional<UUID> id = fields.uuid("category_id", request.getCategoryId());
    fields.verify();
    Long expected = request.hasExpectedRevision() ? request.getExpectedRevision() : null;
    return deletion
        .delete(new CategoryId(id.orElseThrow()), call.context(expected))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    DeleteCategoryResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<UpdateProductResponse> updateProduct(UpdateProductRequest request) {
    CommandCall call = begin("UpdateProduct", request);
    return products
        .update(call, request)
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    UpdateProductResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<ChangeProductPriceResponse> changeProductPrice(ChangeProductPriceRequest request) {
    CommandCall call = begin("ChangeProductPrice", request);
    return products
        .changePrice(call, request)
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    ChangeProductPriceResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<ChangeProductCategoryResponse> changeProductCategory(
      ChangeProductCategoryRequest request) {
    CommandCall call = begin("ChangeProductCategory", request);
    return products
        .changeCategory(call, request)
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    ChangeProductCategoryResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<DiscontinueProductResponse> discontinueProduct(DiscontinueProductRequest request) {
    CommandCall call = begin("DiscontinueProduct", request);
    return products
        .discontinue(call, request)
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    DiscontinueProductResponse.newBuilder()
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  private static CommandCall begin(String method, Message request) {
    CommandCall call = CommandCall.begin(method, request);
    call.caller().requireWriter();
    return call;
  }
}
