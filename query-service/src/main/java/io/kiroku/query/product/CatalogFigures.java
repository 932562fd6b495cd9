package io.kiroku.query.product;

import io.kiroku.proto.query.v1.CatalogStatistics;
import io.kiroku.proto.query.v1.CategoryProducts;
import io.kiroku.proto.query.v1.PriceStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;

/// Adds up what the database says of a tenant's products.
final class CatalogFigures {
  private static final String PRODUCT = "$" + ProductContribution.FIELD + ".";
  private static final String STOCK = "$stock.";

  /// By currency, of what is on sale.
  private final Map<String, Prices> prices = new TreeMap<>();

  private final Map<String, CategoryProducts.Builder> categories = new TreeMap<>();
  private final CatalogStatistics.Builder all = CatalogStatistics.newBuilder();

  private record Prices(long products, long lowest, long highest, long sum) {
    Prices plus(Prices other) {
      return new Prices(
          products + other.products,
          Math.min(lowest, other.lowest),
          Math.max(highest, other.highest),
          sum + other.sum);
    }

    PriceStatistics message(String currency) {
      return PriceStatistics.newBuilder()
          .setCurrency(currency)
          .setProducts(products)
          .setLowestMinorUnits(lowest)
          .setHighestMinorUnits(highest)
          .setAverageMinorUnits(sum / products)
          .build();
    }
  }

  private CatalogFigures() {}

  /// A row for each category, currency, and whether products are still sold.
  static List<Document> stages(String tenant) {
    Document id =
        new Document("category", PRODUCT + "categoryId")
            .append("discontinued", PRODUCT + "discontinued")
            .append("currency", PRODUCT + "currency");
    String price = PRODUCT + "priceMinorUnits";
    Document group =
        new Document("_id", id)
            .append("products", new Document("$sum", 1))
            .append("lowest", new Document("$min", price))
            .append("highest", new Document("$max", price))
            .append("sum", new Document("$sum", price))
            .append("available", new Document("$sum", STOCK + "available"))
            .append("reserved", new Document("$sum", STOCK + "reserved"));
    return List.of(
        new Document("$match", new Document(ProductListing.DECLARED.path("tenant"), tenant)),
        new Document("$group", group));
  }

  /// Without what is not known of products: low stock, and the number of categories.
  static CatalogStatistics.Builder of(List<Document> rows) {
    var figures = new CatalogFigures();
    rows.forEach(figures::add);
    figures.prices.forEach((currency, found) -> figures.all.addPrices(found.message(currency)));
    figures.categories.values().forEach(figures.all::addByCategory);
    return figures.all;
  }

  private void add(Document row) {
    Document id = row.get("_id", Document.class);
    long products = number(row, "products");
    CategoryProducts.Builder category =
        categories.computeIfAbsent(
            id.getString("category"), key -> CategoryProducts.newBuilder().setCategoryId(key));
    all.setAvailablePieces(all.getAvailablePieces() + number(row, "available"));
    all.setReservedPieces(all.getReservedPieces() + number(row, "reserved"));
    if (id.getBoolean("discontinued")) {
      all.setDiscontinued(all.getDiscontinued() + products);
      category.setDiscontinued(category.getDiscontinued() + products);
      return;
    }
    all.setOnSale(all.getOnSale() + products);
    category.setOnSale(category.getOnSale() + products);
    prices.merge(
        id.getString("currency"),
        new Prices(products, number(row, "lowest"), number(row, "highest"), number(row, "sum")),
        Prices::plus);
  }

  private static long number(Document row, String figure) {
    return row.get(figure, Number.class).longValue();
  }
}
