package io.kiroku.query.stock;

import io.kiroku.projection.Contribution;
import io.kiroku.projection.Index;
import io.kiroku.projection.Projection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

@ApplicationScoped
class StockProjection implements Projection {
  private final List<Contribution<?, ?>> contributions = List.of(new StockContribution());

  @Override
  public String name() {
    return "stock";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public List<Contribution<?, ?>> contributions() {
    return contributions;
  }

  @Override
  public List<Index> indexes() {
    return StockListing.DECLARED.indexes();
  }
}
