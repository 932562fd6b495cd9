package io.kiroku.command.sagaadmin;

import io.kiroku.command.call.PageCursor;
import io.kiroku.command.saga.SagaKey;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
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
  /// @param after where the last page ended
  @WithSession
  Uni<Page> list(SagaFilter filter, Optional<PageCursor> after, int most) {
    Uni<Long> total = SagaRow.count(filter.condition(), filter.values());
    return total.flatMap(count -> page(filter, after, most).map(rows -> new Page(rows, count)));
  }

  private static Uni<List<SagaRow>> page(SagaFilter filter, Optional<PageCursor> after, int most) {
    Map<String, Object> values = new HashMap<>(filter.values());
    String query = filter.condition();
    if (after.isPresent()) {
      query +=
          " and (startedAt < :startedAt or startedAt = :startedAt and (sagaId < :sagaId"
              + " or sagaId = :sagaId and category < :category))";
      SagaKey last = key(after.get());
      values.put("startedAt", after.get().at());
      values.put("sagaId", last.id());
      values.put("category", last.category());
    }
    return SagaRow.<SagaRow>find(
            query + " order by startedAt desc, sagaId desc, category desc", values)
        .page(0, most)
        .list();
  }

  /// To be read with [#key].
  static PageCursor cursor(Instant at, SagaKey last) {
    return new PageCursor(at, last.toString());
  }

  static SagaKey key(PageCursor cursor) {
    String[] parts = cursor.id().split("-", 2);
    return new SagaKey(parts[0], parts.length < 2 ? "" : parts[1]);
  }

  @WithSession
  Uni<Optional<SagaRow>> find(String tenant, SagaKey saga) {
    SagaRow.Key key = new SagaRow.Key(saga.category(), saga.id());
    return Panache.getSession()
        .flatMap(session -> session.find(SagaRow.class, key))
        .map(row -> Optional.ofNullable(row).filter(found -> found.tenant.equals(tenant)));
  }
}
