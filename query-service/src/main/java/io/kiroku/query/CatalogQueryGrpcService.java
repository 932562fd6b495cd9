package io.kiroku.query;

import io.kiroku.proto.query.v1.CatalogQueryService;
import io.kiroku.proto.query.v1.Category;
import io.kiroku.proto.query.v1.FindCategoriesRequest;
import io.kiroku.proto.query.v1.FindCategoriesResponse;
import io.kiroku.proto.query.v1.GetCategoriesRequest;
import io.kiroku.proto.query.v1.GetCategoriesResponse;
import io.kiroku.proto.query.v1.GetCategoryByNameRequest;
import io.kiroku.proto.query.v1.GetCategoryByNameResponse;
import io.kiroku.proto.query.v1.GetProductsRequest;
import io.kiroku.proto.query.v1.GetProductsResponse;
import io.kiroku.proto.query.v1.HasCategoryRequest;
import io.kiroku.proto.query.v1.HasCategoryResponse;
import io.kiroku.proto.query.v1.HasProductRequest;
import io.kiroku.proto.query.v1.HasProductResponse;
import io.kiroku.proto.query.v1.ListProductsRequest;
import io.kiroku.proto.query.v1.ListProductsResponse;
import io.kiroku.proto.query.v1.ListStockRequest;
import io.kiroku.proto.query.v1.ListStockResponse;
import io.kiroku.query.category.Categories;
import io.kiroku.query.category.ShownCategories;
import io.kiroku.query.listing.HeldQuery;
import io.kiroku.query.listing.ListQuery;
import io.kiroku.query.product.KnownProducts;
import io.kiroku.query.product.Products;
import io.kiroku.query.running.Consistency;
import io.kiroku.query.running.Ids;
import io.kiroku.query.stock.Stocks;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Lists of the catalog, for everybody.
@GrpcService
class CatalogQueryGrpcService implements CatalogQueryService {
  private static final int IDS_MAX = 200;

  private final Products products;
  private final KnownProducts knownProducts;
  private final CategoryQueries categories;
  private final Stocks stocks;
  private final Consistency consistency;

  CatalogQueryGrpcService(
      Products products,
      KnownProducts knownProducts,
      CategoryQueries categories,
      Stocks stocks,
      Consistency consistency) {
    this.products = products;
    this.knownProducts = knownProducts;
    this.categories = categories;
    this.stocks = stocks;
    this.consistency = consistency;
  }

  @Override
  public Uni<ListProductsResponse> listProducts(ListProductsRequest request) {
    RequestContext context = RequestContext.current();
    String tenant = context.caller().tenant();
    ListQuery query = products.query(tenant, request);
    return consistency.answer(
        context, products.sources(tenant), () -> products.list(tenant, query));
  }

  @Override
  public Uni<GetProductsResponse> getProducts(GetProductsRequest request) {
    RequestContext context = RequestContext.current();
    String tenant = context.caller().tenant();
    Set<String> ids = ids("product_ids", request.getProductIdsList());
    return consistency
        .answer(context, products.sources(tenant, ids), () -> products.findAll(tenant, ids))
        .map(found -> GetProductsResponse.newBuilder().addAllProducts(found).build());
  }

  private static Set<String> ids(String field, List<String> asked) {
    if (asked.size() > IDS_MAX) {
      throw Errors.invalid(field, "must be at most " + IDS_MAX);
    }
    Set<String> ids = new LinkedHashSet<>();
    for (int i = 0; i < asked.size(); i++) {
      ids.add(Ids.stored(field + "[" + i + "]", asked.get(i)));
    }
    return ids;
  }

  @Override
  public Uni<HasProductResponse> hasProduct(HasProductRequest request) {
    RequestContext context = RequestContext.current();
    Uni<Boolean> exists =
        switch (request.getProductCase()) {
          case PRODUCT_ID ->
              knownProducts.has(context, Ids.stored("product_id", request.getProductId()));
          case NAME -> knownProducts.hasNamed(context, request.getName());
          case PRODUCT_NOT_SET -> throw Errors.invalid("product", "must be an id or a name");
        };
    return exists.map(found -> HasProductResponse.newBuilder().setExists(found).build());
  }

  @Override
  public Uni<FindCategoriesResponse> findCategories(FindCategoriesRequest request) {
    HeldQuery query = Categories.query(request);
    return categories
        .shown(RequestContext.current(), request.getCountProducts())
        .map(all -> all.page(query))
        .map(page ->
            FindCategoriesResponse.newBuilder()
                .addAllCategories(page.shown())
                .setNextPageToken(page.nextPageToken())
                .build());
  }

  @Override
  public Uni<GetCategoriesResponse> getCategories(GetCategoriesRequest request) {
    Set<String> ids = ids("category_ids", request.getCategoryIdsList());
    return categories
        .shown(RequestContext.current())
        .map(all -> ids.stream().flatMap(id -> all.find(id).stream()).toList())
        .map(found -> GetCategoriesResponse.newBuilder().addAllCategories(found).build());
  }

  @Override
  public Uni<GetCategoryByNameResponse> getCategoryByName(GetCategoryByNameRequest request) {
    String parent = parent(request.hasParentCategoryId(), request.getParentCategoryId());
    String name = Categories.name(request.getName());
    return categories
        .shown(RequestContext.current())
        .map(all -> Entity.CATEGORY.orNotFound(all.named(parent, name)))
        .map(found -> GetCategoryByNameResponse.newBuilder().setCategory(found).build());
  }

  /// Empty for those at the top.
  private static String parent(boolean asked, String id) {
    return asked ? Ids.stored("parent_category_id", id) : "";
  }

  @Override
  public Uni<HasCategoryResponse> hasCategory(HasCategoryRequest request) {
    Function<ShownCategories, Optional<Category>> wanted = wanted(request);
    return categories
        .shown(RequestContext.current())
        .map(all ->
            HasCategoryResponse.newBuilder().setExists(wanted.apply(all).isPresent()).build());
  }

  private static Function<ShownCategories, Optional<Category>> wanted(HasCategoryRequest request) {
    return switch (request.getCategoryCase()) {
      case CATEGORY_ID -> {
        String id = Ids.stored("category_id", request.getCategoryId());
        yield all -> all.find(id);
      }
      case NAME -> {
        String parent = parent(request.hasParentCategoryId(), request.getParentCategoryId());
        String name = Categories.name(request.getName());
        yield all -> all.named(parent, name);
      }
      case CATEGORY_NOT_SET -> throw Errors.invalid("category", "must be an id or a name");
    };
  }

  @Override
  public Uni<ListStockResponse> listStock(ListStockRequest request) {
    RequestContext context = RequestContext.current();
    String tenant = context.caller().tenant();
    ListQuery query = stocks.query(tenant, request);
    return consistency.answer(context, stocks.source(), () -> stocks.list(tenant, query));
  }
}
