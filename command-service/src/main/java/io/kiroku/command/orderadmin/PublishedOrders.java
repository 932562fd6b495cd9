package io.kiroku.command.orderadmin;

import io.kiroku.command.call.PageCursor;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Queries on the write model of orders.
@ApplicationScoped
public class PublishedOrders {
  /// @param status empty for all
  /// @param owner empty for all
  record Filter(String tenant, String status, String owner) {}

  /// Newest first.
  ///
  /// @param after where the last page ended
  @WithSession
  Uni<List<OrderRow>> list(Filter filter, Optional<PageCursor> after, int most) {
    StringBuilder query = new StringBuilder("tenant = :tenant");
    Map<String, Object> values = new HashMap<>(Map.of("tenant", filter.tenant()));
    if (!filter.status().isEmpty()) {
      query.append(" and status = :status");
      values.put("status", filter.status());
    }
    if (!filter.owner().isEmpty()) {
      query.append(" and owner = :owner");
      values.put("owner", filter.owner());
    }
    after.ifPresent(last -> {
      query.append(" and (placedAt < :placedAt or placedAt = :placedAt and orderId < :orderId)");
      values.put("placedAt", last.at());
      values.put("orderId", last.id());
    });
    return OrderRow.<OrderRow>find(query + " order by placedAt desc, orderId desc", values)
        .page(0, most)
        .list();
  }
}
