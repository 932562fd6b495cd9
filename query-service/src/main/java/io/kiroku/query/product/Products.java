package io.kiroku.query.product;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.HistoryEntry;
import io.kiroku.proto.query.v1.ListProductsRequest;
import io.kiroku.proto.query.v1.ListProductsResponse;
import io.kiroku.proto.query.v1.Product;
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

  Products(ReadModels readModels, Past past, ProductProjection projection) {
    this.readModels = readModels;
    this.past = past;
    this.projection = projection;
  }

  private static StreamId stream(String productId) {
    return StreamId.of(ProductContribution.CATEGORY, productId);
  }

  /// What one is told from.
  public Source source(String productId) {
    return Source.one(projection, productId);
  }

  /// What some are told from.
  public Source source(Set<String> productIds) {
    return new Source(projection, stream -> productIds.contains(stream.id()));
  }

  /// What lists are told from.
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
    return readModels
        .find(projection, productId)
        .map(found -> found.flatMap(stored -> ProductMessages.message(stored, tenant)));
  }

  /// Fails with `INVALID_ARGUMENT`.
  public ListQuery query(String tenant, ListProductsRequest request) {
    return ListQuery.of(ProductListing.DECLARED, tenant, request.getOptions(), request.getSearch());
  }

  public Uni<ListProductsResponse> list(String tenant, ListQuery query) {
    return readModels
        .list(projection, query.filter(), query.options())
        .map(query::page)
        .map(page ->
            ListProductsResponse.newBuilder()
                .addAllProducts(ProductMessages.messages(page.shown(), tenant))
                .setNextPageToken(page.nextPageToken())
                .build());
  }

  /// In the order of the ids; those that nobody knows are left out.
  public Uni<List<Product>> findAll(String tenant, Set<String> productIds) {
    Document wanted = new Document("_id", new Document("$in", List.copyOf(productIds)));
    return readModels
        .list(projection, wanted, new FindOptions())
        .map(found -> {
          Map<String, Product> byId =
              ProductMessages.messages(found, tenant).stream()
                  .collect(Collectors.toMap(Product::getProductId, Function.identity()));
          return productIds.stream()
              .flatMap(id -> Optional.ofNullable(byId.get(id)).stream())
              .toList();
        });
  }

  public Uni<Optional<Product>> findAsOf(String tenant, String productId, Moment moment) {
    return past.document(tenant, projection, productId, moment)
        .map(found -> found.flatMap(stored -> ProductMessages.message(stored, tenant)));
  }

  public Uni<Optional<List<HistoryEntry>>> history(HistoryQuery query, String productId) {
    return past.events(query, projection, stream(productId), UnaryOperator.identity());
  }
}
