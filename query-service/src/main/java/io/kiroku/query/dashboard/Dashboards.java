package io.kiroku.query.dashboard;

import io.kiroku.proto.query.v1.Dashboard;
import io.kiroku.query.order.OrderBook;
import io.kiroku.query.product.Assortment;
import io.kiroku.query.running.Projections;
import io.kiroku.query.running.Source;
import io.kiroku.query.running.Timestamps;
import io.kiroku.query.sales.Sales;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// Draws a tenant's dashboard.
@ApplicationScoped
public class Dashboards {
  private final OrderBook orders;
  private final Sales sales;
  private final Assortment assortment;
  private final Projections projections;

  Dashboards(OrderBook orders, Sales sales, Assortment assortment, Projections projections) {
    this.orders = orders;
    this.sales = sales;
    this.assortment = assortment;
    this.projections = projections;
  }

  /// What it is drawn from.
  public List<Source> sources() {
    return List.of(orders.source(), sales.source(), assortment.source());
  }

  /// As of now.
  public Uni<Dashboard> of(String tenant) {
    Instant now = Instant.now();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return Uni.combine()
        .all()
        .unis(
            orders.countByStatus(tenant),
            orders.countByFulfillment(tenant),
            orders.newest(tenant),
            sales.lately(tenant, today),
            assortment.countLow(tenant))
        .with((byStatus, byFulfillment, newest, lately, low) ->
            Dashboard.newBuilder()
                .setAt(Timestamps.of(now))
                .addAllOrders(Figures.counts(byStatus))
                .addAllFulfillments(Figures.counts(byFulfillment))
                .addAllNewestOrders(newest)
                .addAllSales(lately)
                .setLowInStock(low)
                .addAllProjections(
                    projections.live().stream().map(it -> Figures.lag(it, now)).toList())
                .build());
  }
}
