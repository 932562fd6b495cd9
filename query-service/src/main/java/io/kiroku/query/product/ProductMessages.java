package io.kiroku.query.product;

import io.kiroku.proto.query.v1.Product;
import io.kiroku.query.category.ShownCategories;
import io.kiroku.query.running.Stored;
import io.kiroku.query.running.Timestamps;
import io.kiroku.query.stock.StockContribution;
import io.kiroku.query.stock.StockDocument;
import java.util.List;
import java.util.Optional;

/// Documents as the contract shows them.
final class ProductMessages {
  private ProductMessages() {}

  /// In the same order.
  static List<Product> messages(List<Stored> found, String tenant, ShownCategories categories) {
    return found.stream().flatMap(stored -> message(stored, tenant, categories).stream()).toList();
  }

  /// Empty for another tenant's.
  static Optional<Product> message(Stored stored, String tenant, ShownCategories categories) {
    return stored
        .part(ProductContribution.FIELD, ProductDocument.class)
        .filter(product -> product.tenant().equals(tenant))
        .map(product ->
            message(product, categories)
                .setRevision(stored.revision(ProductContribution.FIELD))
                .setAvailablePieces(available(stored, tenant))
                .build());
  }

  private static long available(Stored stored, String tenant) {
    return stored
        .part(StockContribution.FIELD, StockDocument.class)
        .filter(stock -> stock.tenant().equals(tenant))
        .map(StockDocument::available)
        .orElse(0L);
  }

  private static Product.Builder message(ProductDocument product, ShownCategories categories) {
    Product.Builder message = message(product);
    categories
        .find(product.categoryId())
        .ifPresent(category ->
            message.setCategoryName(category.getName()).addAllCategoryPath(category.getPathList()));
    return message;
  }

  private static Product.Builder message(ProductDocument product) {
    return Product.newBuilder()
        .setProductId(product.productId())
        .setName(product.name())
        .setDescription(product.description())
        .setPriceMinorUnits(product.priceMinorUnits())
        .setCurrency(product.currency())
        .setCategoryId(product.categoryId())
        .setDiscontinued(product.discontinued())
        .setCreatedAt(Timestamps.of(product.createdAt()));
  }
}
