package io.kiroku.query.order;

import io.kiroku.proto.query.v1.NewestOrder;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.Source;
import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;

/// All orders of a tenant together, whosever they are.
@ApplicationScoped
public class OrderBook {
  static final String STATUS = "order.status";
  static final String FULFILLMENT_STATUS = "fulfillment.status";
  private static final String TENANT = "order.tenant";
  private static final int NEWEST = 10;

  private final ReadModels readModels;
  private final OrderViewProjection projection;

  OrderBook(ReadModels readModels, OrderViewProjection projection) {
    this.readModels = readModels;
    this.projection = projection;
  }

  /// What it is told from.
  public Source source() {
    return Source.all(projection);
  }

  /// How many orders are in each status, by its name.
  public Uni<Map<String, Long>> countByStatus(String tenant) {
    return count(tenant, STATUS);
  }

  /// How many have a fulfillment in each status, by its name.
  public Uni<Map<String, Long>> countByFulfillment(String tenant) {
    return count(tenant, FULFILLMENT_STATUS);
  }

  private Uni<Map<String, Long>> count(String tenant, String field) {
    Document group = new Document("_id", "$" + field).append("orders", new Document("$sum", 1));
    List<Document> stages =
        List.of(
            new Document("$match", new Document(TENANT, tenant)), new Document("$group", group));
    return readModels
        .aggregate(projection, stages)
        .map(rows -> {
          Map<String, Long> counts = new TreeMap<>();
          for (Document row : rows) {
            String status = row.getString("_id");
            if (status != null && !status.isEmpty()) {
              counts.put(status, row.get("orders", Number.class).longValue());
            }
          }
          return counts;
        });
  }

  /// Of everybody's, and not telling whose.
  public Uni<List<NewestOrder>> newest(String tenant) {
    FindOptions newest = new FindOptions().sort(new Document("order.position", -1)).limit(NEWEST);
    return readModels
        .list(projection, new Document(TENANT, tenant), newest)
        .map(found ->
            found.stream()
                .flatMap(stored -> Orders.order(stored).stream())
                .map(OrderMessages::newest)
                .toList());
  }
}
