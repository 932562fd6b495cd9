package io.kiroku.query.product;

import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.ProductEvent.ProductCategoryChanged;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.catalog.ProductEvent.ProductDiscontinued;
import io.kiroku.catalog.ProductEvent.ProductPriceChanged;
import io.kiroku.catalog.ProductEvent.ProductTurnedAway;
import io.kiroku.catalog.ProductEvent.ProductUpdated;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.Recorded;
import io.kiroku.projection.Change;
import io.kiroku.query.running.Part;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the product's own stream tells.
final class ProductContribution extends Part<ProductDocument, ProductEvent> {
  static final String FIELD = "product";
  static final String CATEGORY = "product";
  private static final EventTypes TYPES = EventTypes.of(ProductEvent.class);

  ProductContribution() {
    super(FIELD, CATEGORY, ProductDocument.class, TYPES);
  }

  @Override
  public Change<ProductDocument> apply(
      @Nullable ProductDocument document, Recorded<ProductEvent> recorded) {
    return switch (recorded.event()) {
      case ProductCreated(var id, var name, var description, var price, var category, var at) ->
          Change.upsert(
              new ProductDocument(
                  id.toString(),
                  recorded.envelope().metadata().tenant(),
                  name,
                  description,
                  price.minorUnits(),
                  price.currency().getCurrencyCode(),
                  category.toString(),
                  false,
                  at,
                  recorded.envelope().position()));
      case ProductUpdated(_, var name, var description, _) ->
          Change.upsert(known(document).saying(name, description));
      case ProductPriceChanged(_, var price, _) -> Change.upsert(known(document).at(price));
      case ProductCategoryChanged(_, var category, _) ->
          Change.upsert(known(document).in(category.toString()));
      case ProductDiscontinued _ -> Change.upsert(known(document).noLongerSold());
      // Also of a product that is not there yet.
      case ProductTurnedAway _ -> Change.unchanged();
    };
  }

  private static ProductDocument known(@Nullable ProductDocument product) {
    return Objects.requireNonNull(product, "A product is created before it changes");
  }
}
