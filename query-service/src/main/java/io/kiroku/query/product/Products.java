package io.kiroku.query.product;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.HistoryEntry;
import io.kiroku.proto.query.v1.Product;
import io.kiroku.query.history.HistoryQuery;
import io.kiroku.query.history.Moment;
import io.kiroku.query.history.Past;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.Stored;
import io.kiroku.query.running.Timestamps;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Looks products up.
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
