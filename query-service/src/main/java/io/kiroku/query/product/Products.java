package io.kiroku.query.product;

import io.kiroku.eventstore.StreamId;
import io.kiroku.proto.query.v1.Product;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.Stored;
import io.kiroku.query.running.Timestamps;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Looks products up.
@ApplicationScoped
public class Products {
  private final ReadModels readModels;
  private final ProductProjection projection;

  Products(ReadModels readModels, ProductProjection projection) {
    this.readModels = readModels;
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
