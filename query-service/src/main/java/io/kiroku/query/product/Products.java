package io.kiroku.query.product;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.HistoryEntry;
import io.kiroku.proto.query.v1.ListProductsRequest;
import io.kiroku.proto.query.v1.ListProductsResponse;
import io.kiroku.proto.query.v1.Product;
import io.kiroku.query.category.Categories;
import io.kiroku.query.category.ShownCategories;
import io.kiroku.query.history.HistoryQuery;
import io.kiroku.query.history.Moment;
import io.kiroku.query.history.Past;
import io.kiroku.query.listing.ListQuery;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.Source;
import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bson.Document;

/// Looks products up, one by one and in lists.
@ApplicationScoped
public class Products {
  private final ReadModels readModels;
  private final Past past;
  private final ProductProjection projection;
  private final Categories categories;

  Products(ReadModels readModels, Past past, ProductProjection projection, Categories categories) {
    this.readModels = readModels;
    this.past = past;
    this.projection = projection;
    this.categories = categories;
  }

  private static StreamId stream(String productId) {
    return StreamId.of(ProductContribution.CATEGORY, productId);
  }

  /// What one is told from.
  public List<Source> sources(String tenant, String productId) {
    return sources(tenant, Set.of(productId));
  }

  /// What some are told from.
  public List<Source> sources(String tenant, Set<String> productIds) {
    var some = new Source(projection, stream -> productIds.contains(stream.id()));
    return List.of(some, categories.source(tenant));
  }

  /// What lists are told from.
  public List<Source> sources(String tenant) {
    return List.of(source(), categories.source(tenant));
  }

  /// What is told from products alone.
  public Source source() {
    return Source.all(projection);
  }

  /// A stage that finds the product, as the array `product`, for what names its id.
  ///
  /// @param field that holds the id
  public Document joined(String field) {
    return new Document(
        "$lookup",
        new Document("from", readModels.collection(projection))
            .append("localField", field)
            .append("foreignField", "_id")
            .append("as", ProductContribution.FIELD));
  }

  public Uni<Optional<Product>> find(String tenant, String productId) {
    return Uni.combine()
        .all()
        .unis(readModels.find(projection, productId), categories.shown(tenant))
        .with(
            (found, all) -> found.flatMap(stored -> ProductMessages.message(stored, tenant, all)));
  }

  /// Fails with `INVALID_ARGUMENT`.
  public ListQuery query(String tenant, ListProductsRequest request) {
    return ListQuery.of(ProductListing.DECLARED, tenant, request.getOptions(), request.getSearch());
  }

  public Uni<ListProductsResponse> list(String tenant, ListQuery query) {
    return Uni.combine()
        .all()
        .unis(
            readModels.list(projection, query.filter(), query.options()).map(query::page),
            categories.shown(tenant))
        .with((page, all) ->
            ListProductsResponse.newBuilder()
                .addAllProducts(ProductMessages.messages(page.shown(), tenant, all))
                .setNextPageToken(page.nextPageToken())
                .build());
  }

  /// In the order of the ids; those that nobody knows are left out.
  public Uni<List<Product>> findAll(String tenant, Set<String> productIds) {
    Document wanted = new Document("_id", new Document("$in", List.copyOf(productIds)));
    return Uni.combine()
        .all()
        .unis(readModels.list(projection, wanted, new FindOptions()), categories.shown(tenant))
        .with((found, all) -> {
          Map<String, Product> byId =
              ProductMessages.messages(found, tenant, all).stream()
                  .collect(Collectors.toMap(Product::getProductId, Function.identity()));
          return productIds.stream()
              .flatMap(id -> Optional.ofNullable(byId.get(id)).stream())
              .toList();
        });
  }

  /// Without its category's name, which has a past of its own.
  public Uni<Optional<Product>> findAsOf(String tenant, String productId, Moment moment) {
    return past.document(tenant, projection, productId, moment)
        .map(found ->
            found.flatMap(stored -> ProductMessages.message(stored, tenant, ShownCategories.NONE)));
  }

  public Uni<Optional<List<HistoryEntry>>> history(HistoryQuery query, String productId) {
    return past.events(query, projection, stream(productId), UnaryOperator.identity());
  }
}
