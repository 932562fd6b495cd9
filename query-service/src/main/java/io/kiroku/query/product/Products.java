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
import io.kiroku.query.running.Stored;
import io.kiroku.query.running.Timestamps;
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

  public StreamId stream(String productId) {
    return StreamId.of(ProductProjection.CATEGORY, productId);
  }

  public Uni<Optional<Product>> find(String tenant, String productId) {
    return readModels
        .find(projection, productId)
        .map(found -> found.flatMap(stored -> message(stored, tenant)));
  }

  /// Whether lists come from this stream, too.
  public boolean showStream(StreamId stream) {
    return stream.category().equals(ProductProjection.CATEGORY);
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
                .addAllProducts(messages(page.shown(), tenant))
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
              messages(found, tenant).stream()
                  .collect(Collectors.toMap(Product::getProductId, Function.identity()));
          return productIds.stream()
              .flatMap(id -> Optional.ofNullable(byId.get(id)).stream())
              .toList();
        });
  }

  private static List<Product> messages(List<Stored> found, String tenant) {
    return found.stream().flatMap(stored -> message(stored, tenant).stream()).toList();
  }

  public Uni<Optional<Product>> findAsOf(String tenant, String productId, Moment moment) {
    return past.document(tenant, projection, productId, moment)
        .map(found -> found.flatMap(stored -> message(stored, tenant)));
  }

  public Uni<Optional<List<HistoryEntry>>> history(HistoryQuery query, String productId) {
    return past.events(query, projection, stream(productId), UnaryOperator.identity());
  }

  private static Optional<Product> message(Stored stored, String tenant) {
    return stored
        .part(ProductProjection.FIELD, ProductDocument.class)
        .filter(product -> product.tenant().equals(tenant))
        .map(product -> message(product, stored.revision(ProductProjection.FIELD)));
  }

  private static Product message(ProductDocument product, long revision) {
    return Product.newBuilder()
        .setProductId(product.productId())
        .setName(product.name())
        .setDescription(product.description())
        .setPriceMinorUnits(product.priceMinorUnits())
        .setCurrency(product.currency())
        .setCategoryId(product.categoryId())
        .setRevision(revision)
        .setDiscontinued(product.discontinued())
        .setCreatedAt(Timestamps.of(product.createdAt()))
        .build();
  }
}
