package io.kiroku.query.product;

import io.kiroku.projection.Contribution;
import io.kiroku.projection.Index;
import io.kiroku.projection.Projection;
import io.kiroku.query.stock.StockContribution;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

@ApplicationScoped
class ProductProjection implements Projection {
  /// The product's own stream first: it says whose it is.
  private final List<Contribution<?, ?>> contributions =
      List.of(new ProductContribution(), new StockContribution());

  @Override
  public String name() {
    return "product";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public List<Contribution<?, ?>> contributions() {
    return contributions;
  }

  @Override
  public List<Index> indexes() {
    return ProductListing.DECLARED.indexes();
  }
}
