package io.kiroku.gateway.product;

import io.kiroku.gateway.request.Checks;
import io.kiroku.gateway.request.CurrentRequest;
import io.kiroku.gateway.wire.Answers;
import io.kiroku.proto.catalog.v1.MutinyCatalogServiceGrpc.MutinyCatalogServiceStub;
import io.kiroku.proto.query.v1.GetProductRequest;
import io.kiroku.proto.query.v1.MutinyQueryServiceGrpc.MutinyQueryServiceStub;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path(ProductResource.PATH)
class ProductResource {
  static final String PATH = "/api/v1/products";

  private final MutinyCatalogServiceStub catalog;
  private final MutinyQueryServiceStub queries;
  private final CurrentRequest current;

  ProductResource(
      @GrpcClient("command") MutinyCatalogServiceStub catalog,
      @GrpcClient("query") MutinyQueryServiceStub queries,
      CurrentRequest current) {
    this.catalog = catalog;
    this.queries = queries;
    this.current = current;
  }

  @POST
  public Uni<RestResponse<CreatedProduct>> create(@Nullable NewProduct body) {
    current.caller().requireWriter();
    return current
        .attachTo(catalog)
        .createProduct(Checks.body(body).toRequest())
        .map(created ->
            Answers.created(
                PATH + "/" + created.getProductId(),
                new CreatedProduct(created.getProductId(), created.getRevision()),
                created.getConsistencyToken(),
                created.getRevision()));
  }

  @GET
  @Path("/{productId}")
  public Uni<RestResponse<Product>> get(String productId) {
    String id = Checks.pathId("productId", productId);
    return current
        .attachTo(queries)
        .getProduct(GetProductRequest.newBuilder().setProductId(id).build())
        .map(answer ->
            Answers.shown(Product.of(answer.getProduct()), answer.getProduct().getRevision()));
  }
}
