package io.kiroku.query.sales;

import io.kiroku.proto.query.v1.GetSalesResponse;
import io.kiroku.proto.query.v1.SalesPeriod;
import io.kiroku.proto.query.v1.SalesRow;
import io.kiroku.query.product.Products;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.Source;
import io.kiroku.query.sales.SalesQuery.Grouping;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.Document;

/// Adds up what was sold.
@ApplicationScoped
public class Sales {
  private final ReadModels readModels;
  private final SalesProjection projection;
  private final Products products;

  Sales(ReadModels readModels, SalesProjection projection, Products products) {
    this.readModels = readModels;
    this.projection = projection;
    this.products = products;
  }

  /// What all but categories are told from.
  public Source source() {
    return Source.all(projection);
  }

  /// What the answer is told from.
  public List<Source> sources(SalesQuery query) {
    return query.by() == Grouping.CATEGORY
        ? List.of(source(), products.source())
        : List.of(source());
  }

  public Uni<GetSalesResponse> list(String tenant, SalesQuery query) {
    return rows(tenant, query)
        .map(rows -> {
          boolean more = rows.size() > query.size();
          return GetSalesResponse.newBuilder()
              .addAllRows(more ? rows.subList(0, query.size()) : rows)
              .setNextPage(more ? query.page() + 1 : 0)
              .build();
        });
  }

  /// Of today, of the last 7 days and of the last 30.
  public Uni<List<SalesPeriod>> lately(String tenant, LocalDate today) {
    return rows(tenant, SalesQuery.daily(Days.last(30, today)))
        .map(daily ->
            Stream.of(1, 7, 30)
                .map(days -> SalesTotals.of(daily, Days.last(days, today)))
                .toList());
  }

  private Uni<List<SalesRow>> rows(String tenant, SalesQuery query) {
    return Uni.createFrom()
        .deferred(() -> {
          List<Document> stages = SalesStages.of(tenant, query, products::joined);
          return readModels.aggregate(projection, stages);
        })
        .map(found -> found.stream().map(row -> message(row, query.by())).toList());
  }

  static SalesRow message(Document row, Grouping by) {
    Document id = row.get("_id", Document.class);
    SalesRow.Builder message =
        SalesRow.newBuilder()
            .setKey(Objects.requireNonNullElse(id.getString(SalesStages.KEY), ""))
            .setCurrency(id.getString(SalesStages.CURRENCY))
            .setSoldPieces(number(row, "soldPieces"))
            .setSoldMinorUnits(number(row, "soldMinorUnits"))
            .setReversedPieces(number(row, "reversedPieces"))
            .setReversedMinorUnits(number(row, "reversedMinorUnits"));
    // Of a category, an order with two of its products would be counted twice.
    if (by != Grouping.CATEGORY) {
      message
          .setSoldOrders(number(row, "soldOrders"))
          .setReversedOrders(number(row, "reversedOrders"));
    }
    return message.build();
  }

  private static long number(Document row, String figure) {
    return row.get(figure, Number.class).longValue();
  }
}
