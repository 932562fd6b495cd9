package io.kiroku.command.catalog;

import io.kiroku.catalog.Product;
import io.kiroku.catalog.Product.OnSale;
import io.kiroku.catalog.ProductCommand;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.StreamId;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

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

  /// As it is now; empty too if it belongs to another tenant.
  public Uni<Optional<OnSale>> find(String tenant, ProductId id) {
    return products
        .load(stream(id))
        .map(folded ->
            folded.state() instanceof OnSale product && tenant.equals(folded.tenant())
                ? Optional.of(product)
                : Optional.empty());
  }
}
