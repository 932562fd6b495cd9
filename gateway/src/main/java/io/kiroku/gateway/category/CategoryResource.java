package io.kiroku.gateway.category;

import io.kiroku.gateway.request.Checks;
import io.kiroku.gateway.request.CurrentRequest;
import io.kiroku.gateway.wire.Answers;
import io.kiroku.proto.catalog.v1.CreateCategoryRequest;
import io.kiroku.proto.catalog.v1.DeleteCategoryRequest;
import io.kiroku.proto.catalog.v1.MutinyCatalogServiceGrpc.MutinyCatalogServiceStub;
import io.kiroku.proto.query.v1.GetCategoryRequest;
import io.kiroku.proto.query.v1.ListCategoriesRequest;
import io.kiroku.proto.query.v1.MutinyQueryServiceGrpc.MutinyQueryServiceStub;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path(CategoryResource.PATH)
class CategoryResource {
  static final String PATH = "/api/v1/categories";

  private final MutinyCatalogServiceStub catalog;
  private final MutinyQueryServiceStub queries;
  private final CurrentRequest current;

  CategoryResource(
      @GrpcClient("command") MutinyCatalogServiceStub catalog,
      @GrpcClient("query") MutinyQueryServiceStub queries,
      CurrentRequest current) {
    this.catalog = catalog;
    this.queries = queries;
    this.current = current;
  }

  @POST
  public Uni<RestResponse<CreatedCategory>> create(@Nullable NewCategory body) {
    current.caller().requireWriter();
    NewCategory category = Checks.body(body);
    CreateCategoryRequest request =
        category.toRequest(current.expectedRevision(category.expectedRevision()));
    return current
        .attachTo(catalog)
        .createCategory(request)
        .map(created ->
            Answers.created(
                PATH + "/" + created.getCategoryId(),
                new CreatedCategory(created.getCategoryId(), created.getRevision()),
                created.getConsistencyToken(),
                created.getRevision()));
  }

  /// `If-Match` is about the tree of categories.
  @DELETE
  @Path("/{categoryId}")
  public Uni<RestResponse<Void>> delete(String categoryId) {
    current.caller().requireWriter();
    DeleteCategoryRequest.Builder request =
        DeleteCategoryRequest.newBuilder().setCategoryId(Checks.pathId("categoryId", categoryId));
    Long expected = current.expectedRevision(null);
    if (expected != null) {
      request.setExpectedRevision(expected);
    }
    return current
        .attachTo(catalog)
        .deleteCategory(request.build())
        .map(deleted -> Answers.gone(deleted.getConsistencyToken(), deleted.getRevision()));
  }

  @GET
  public Uni<Categories> list() {
    return current
        .attachTo(queries)
        .listCategories(ListCategoriesRequest.getDefaultInstance())
        .map(answer ->
            new Categories(answer.getCategoriesList().stream().map(Category::of).toList()));
  }

  @GET
  @Path("/{categoryId}")
  public Uni<Category> get(String categoryId) {
    String id = Checks.pathId("categoryId", categoryId);
    return current
        .attachTo(queries)
        .getCategory(GetCategoryRequest.newBuilder().setCategoryId(id).build())
        .map(answer -> Category.of(answer.getCategory()));
  }
}
