package io.kiroku.query.product;

import io.kiroku.query.running.Consistency;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.Source;
import io.kiroku.service.security.RequestContext;
import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.bson.Document;

/// Tells whether there is such a product, discontinued or not.
@ApplicationScoped
public class KnownProducts {
  private final ReadModels readModels;
  private final ProductProjection projection;
  private final Consistency consistency;

  KnownProducts(ReadModels readModels, ProductProjection projection, Consistency consistency) {
    this.readModels = readModels;
    this.projection = projection;
    this.consistency = consistency;
  }

  public Uni<Boolean> has(RequestContext context, String productId) {
    String tenant = context.caller().tenant();
    return consistency.answer(
        context,
        Source.one(projection, productId),
        () ->
            readModels
                .find(projection, productId)
                .map(found ->
                    found
                        .flatMap(it -> it.part(ProductContribution.FIELD, ProductDocument.class))
                        .filter(product -> product.tenant().equals(tenant))
                        .isPresent()));
  }

  /// Fails with `INVALID_ARGUMENT` for a blank name.
  public Uni<Boolean> hasNamed(RequestContext context, String name) {
    Document named =
        new Document(ProductListing.DECLARED.path("tenant"), context.caller().tenant())
            .append(
                ProductListing.DECLARED.path(ProductListing.NAME.field()),
                ProductListing.NAME.value("name", name));
    return consistency.answer(
        context,
        Source.all(projection),
        () ->
            readModels
                .list(projection, named, new FindOptions().limit(1))
                .map(found -> !found.isEmpty()));
  }
}
