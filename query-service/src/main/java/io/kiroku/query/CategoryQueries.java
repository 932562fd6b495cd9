package io.kiroku.query;

import io.kiroku.query.category.Categories;
import io.kiroku.query.category.ShownCategories;
import io.kiroku.query.product.Assortment;
import io.kiroku.query.running.Consistency;
import io.kiroku.query.running.Source;
import io.kiroku.service.security.RequestContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// A tenant's categories, as a call is to see them.
@ApplicationScoped
class CategoryQueries {
  private final Categories categories;
  private final Assortment assortment;
  private final Consistency consistency;

  CategoryQueries(Categories categories, Assortment assortment, Consistency consistency) {
    this.categories = categories;
    this.assortment = assortment;
    this.consistency = consistency;
  }

  Uni<ShownCategories> shown(RequestContext context) {
    String tenant = context.caller().tenant();
    Source tree = categories.source(tenant);
    return consistency.answer(context, tree, () -> categories.shown(tenant));
  }

  /// With how many products they hold, if that is asked for.
  Uni<ShownCategories> shown(RequestContext context, boolean counted) {
    if (!counted) {
      return shown(context);
    }
    String tenant = context.caller().tenant();
    return consistency.answer(
        context,
        List.of(categories.source(tenant), assortment.source()),
        () ->
            Uni.combine()
                .all()
                .unis(categories.shown(tenant), assortment.onSaleByCategory(context))
                .with(ShownCategories::counted));
  }
}
