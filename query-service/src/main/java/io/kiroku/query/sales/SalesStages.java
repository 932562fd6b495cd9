package io.kiroku.query.sales;

import io.kiroku.query.sales.SalesQuery.Grouping;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;

/// How the database adds up what is booked. The first stage finds the orders of the days by their
/// index; what else is booked of them is passed over after it.
final class SalesStages {
  static final String KEY = "key";
  static final String CURRENCY = "currency";
  private static final String SALE = "$" + SalesProjection.FIELD + ".";
  private static final List<String> FIGURES =
      List.of(
          "soldOrders",
          "soldPieces",
          "soldMinorUnits",
          "reversedOrders",
          "reversedPieces",
          "reversedMinorUnits");

  private SalesStages() {}

  /// One row more than the page has, if there is one: `_id` with key and currency, and the figures.
  ///
  /// @param join makes of a field with the id of a product a stage that finds it as `product`
  static List<Document> of(String tenant, SalesQuery query, Function<String, Document> join) {
    Document range =
        new Document("$gte", query.days().from().toString())
            .append("$lte", query.days().to().toString());
    List<Document> stages = new ArrayList<>();
    stages.add(
        new Document(
            "$match",
            new Document("sale.tenant", tenant)
                .append("sale.days", new Document("$elemMatch", new Document("day", range)))));
    String booked = query.by() == Grouping.DAY ? "days" : "products";
    stages.add(new Document("$unwind", SALE + booked));
    stages.add(new Document("$match", new Document("sale." + booked + ".day", range)));
    String key = query.by() == Grouping.DAY ? "day" : "productId";
    String entry = SALE + booked + ".";
    stages.add(group(entry + key, SALE + CURRENCY, entry));
    if (query.by() == Grouping.CATEGORY) {
      stages.add(join.apply("_id." + KEY));
      stages.add(
          new Document(
              "$unwind",
              new Document("path", "$product").append("preserveNullAndEmptyArrays", true)));
      stages.add(group("$product.product.categoryId", "$_id." + CURRENCY, "$"));
    }
    stages.add(new Document("$sort", order(query.by())));
    stages.add(new Document("$skip", query.skip()));
    stages.add(new Document("$limit", query.size() + 1));
    return stages;
  }

  private static Document group(String key, String currency, String figures) {
    Document group = new Document("_id", new Document(KEY, key).append(CURRENCY, currency));
    FIGURES.forEach(figure -> group.append(figure, new Document("$sum", figures + figure)));
    return new Document("$group", group);
  }

  private static Document order(Grouping by) {
    Document order = by == Grouping.DAY ? new Document() : new Document("soldMinorUnits", -1);
    return order.append("_id." + KEY, 1).append("_id." + CURRENCY, 1);
  }
}
