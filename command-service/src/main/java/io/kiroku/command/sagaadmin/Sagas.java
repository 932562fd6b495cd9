package io.kiroku.command.sagaadmin;

import io.kiroku.command.call.PageCursor;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Queries on the index of sagas.
@ApplicationScoped
public class Sagas {
  /// @param total all that the filter lets through, on whatever page
  record Page(List<SagaRow> rows, long total) {}

  /// Newest first.
  ///
  /// @param status empty for all
  /// @param after where the last page ended
  @WithSession
  Uni<Page> list(String tenant, String status, Optional<PageCursor> after, int most) {
    String filter = "tenant = :tenant" + (status.isEmpty() ? "" : " and status = :status");
    Map<String, Object> values = new HashMap<>(Map.of("tenant", tenant));
    if (!status.isEmpty()) {
      values.put("status", status);
    }
    Uni<Long> total = SagaRow.count(filter, values);
    return total.flatMap(
        count -> page(filter, values, after, most).map(rows -> new Page(rows, count)));
  }

  private static Uni<List<SagaRow>> page(
      String filter, Map<String, Object> values, Optional<PageCursor> after, int most) {
    Map<String, Object> all = new HashMap<>(values);
    String query = filter;
    if (after.isPresent()) {
      query += " and (startedAt < :startedAt or startedAt = :startedAt and sagaId < :sagaId)";
      all.put("startedAt", after.get().at());
      all.put("sagaId", after.get().id());
    }
    return SagaRow.<SagaRow>find(query + " order by startedAt desc, sagaId desc", all)
        .page(0, most)
        .list();
  }

  @WithSession
  Uni<Optional<SagaRow>> find(String tenant, String sagaId) {
    return Panache.getSession()
        .flatMap(session -> session.find(SagaRow.class, sagaId))
        .map(row -> Optional.ofNullable(row).filter(found -> found.tenant.equals(tenant)));
  }
}
