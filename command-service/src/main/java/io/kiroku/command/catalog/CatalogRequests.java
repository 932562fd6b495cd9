package io.kiroku.command.catalog;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.command.participant.UnhandledCommand;
import io.kiroku.command.request.Done;
import io.kiroku.command.request.RequestReader;
import io.kiroku.proto.catalog.v1.CatalogRequest;
import io.kiroku.proto.catalog.v1.ChangeProductCategoryRequest;
import io.kiroku.proto.catalog.v1.ChangeProductCategoryResponse;
import io.kiroku.proto.catalog.v1.ChangeProductPriceRequest;
import io.kiroku.proto.catalog.v1.ChangeProductPriceResponse;
import io.kiroku.proto.catalog.v1.CreateCategoryRequest;
import io.kiroku.proto.catalog.v1.CreateProductRequest;
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
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// What programs ask of the catalog over Kafka. A command and the request of its method are the
/// same bytes.
@Singleton
class CatalogRequests implements RequestReader {
  private final CatalogGrpcService catalog;

  CatalogRequests(@GrpcService CatalogGrpcService catalog) {
    this.catalog = catalog;
  }

  @Override
  public String topic() {
    return "kiroku.catalog.requests";
  }

  @Override
  public Uni<Done> handle(ByteString envelope) throws InvalidProtocolBufferException {
    CatalogRequest request = CatalogRequest.parseFrom(envelope);
    return switch (request.getCommandCase()) {
      case CREATE_CATEGORY ->
          catalog
              .createCategory(
                  CreateCategoryRequest.parseFrom(request.getCreateCategory().toByteString()))
              .map(answer -> new Done(answer.getCategoryId(), answer.getConsistencyToken()));
      case UPDATE_CATEGORY ->
          catalog
              .updateCategory(
                  UpdateCategoryRequest.parseFrom(request.getUpdateCategory().toByteString()))
              .map(UpdateCategoryResponse::getConsistencyToken)
              .map(Done::changed);
      case MOVE_CATEGORY ->
          catalog
              .moveCategory(MoveCategoryRequest.parseFrom(request.getMoveCategory().toByteString()))
              .map(MoveCategoryResponse::getConsistencyToken)
              .map(Done::changed);
      case CREATE_PRODUCT ->
          catalog
              .createProduct(
                  CreateProductRequest.parseFrom(request.getCreateProduct().toByteString()))
              .map(answer -> new Done(answer.getProductId(), answer.getConsistencyToken()));
      case UPDATE_PRODUCT ->
          catalog
              .updateProduct(
                  UpdateProductRequest.parseFrom(request.getUpdateProduct().toByteString()))
              .map(UpdateProductResponse::getConsistencyToken)
              .map(Done::changed);
      case CHANGE_PRODUCT_PRICE ->
          catalog
              .changeProductPrice(
                  ChangeProductPriceRequest.parseFrom(
                      request.getChangeProductPrice().toByteString()))
              .map(ChangeProductPriceResponse::getConsistencyToken)
              .map(Done::changed);
      case CHANGE_PRODUCT_CATEGORY ->
          catalog
              .changeProductCategory(
                  ChangeProductCategoryRequest.parseFrom(
                      request.getChangeProductCategory().toByteString()))
              .map(ChangeProductCategoryResponse::getConsistencyToken)
              .map(Done::changed);
      case DISCONTINUE_PRODUCT ->
          catalog
              .discontinueProduct(
                  DiscontinueProductRequest.parseFrom(
                      request.getDiscontinueProduct().toByteString()))
              .map(DiscontinueProductResponse::getConsistencyToken)
              .map(Done::changed);
      case DELETE_CATEGORY ->
          catalog
              .deleteCategory(
                  DeleteCategoryRequest.parseFrom(request.getDeleteCategory().toByteString()))
              .map(DeleteCategoryResponse::getConsistencyToken)
              .map(Done::changed);
      case COMMAND_NOT_SET -> throw UnhandledCommand.unknown(request.getUnknownFields());
    };
  }
}
