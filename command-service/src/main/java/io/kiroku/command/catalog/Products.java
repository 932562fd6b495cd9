package io.kiroku.command.catalog;

import io.kiroku.catalog.Product;
import io.kiroku.catalog.Product.Absent;
import io.kiroku.catalog.ProductCommand;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.StreamId;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Products as their streams tell, for other contexts' decisions.
@Singleton
public class Products {
  private final CommandHandler<ProductCommand, Product, ProductEvent> products;

  Products(CommandHandler<ProductCommand, Product, ProductEvent> products) {
    this.products = products;
  }

  static StreamId stream(ProductId id) {
    return StreamId.of("product", id.toString());
  }

  /// As it is now; [Absent] too if it belongs to another tenant.
  public Uni<Product> find(String tenant, ProductId id) {
    return products
        .load(stream(id))
        .map(folded -> tenant.equals(folded.tenant()) ? folded.state() : new Absent());
  }

  /// Whether it was ever created: one that is no longer sold still has its stock.
  public Uni<Boolean> exists(String tenant, ProductId id) {
    return find(tenant, id).map(product -> !(product instanceof Absent));
  }
}
