package io.kiroku.query.saga;

import io.kiroku.proto.query.v1.SagaCount;
import java.util.Comparator;
import java.util.List;
import org.bson.Document;

/// Counts sagas.
final class SagaCounts {
  private static final Comparator<SagaCount> ORDER =
      Comparator.comparing(SagaCount::getSaga).thenComparing(SagaCount::getStatus);

  private SagaCounts() {}

  /// A row for each kind and status.
  static List<Document> stages(String tenant) {
    Document id =
        new Document("saga", "$" + SagaListing.DECLARED.path("saga"))
            .append("status", "$" + SagaListing.DECLARED.path("status"));
    return List.of(
        new Document("$match", new Document(SagaListing.DECLARED.path("tenant"), tenant)),
        new Document("$group", new Document("_id", id).append("sagas", new Document("$sum", 1))));
  }

  static List<SagaCount> of(List<Document> rows) {
    return rows.stream().map(SagaCounts::count).sorted(ORDER).toList();
  }

  private static SagaCount count(Document row) {
    Document id = row.get("_id", Document.class);
    return SagaCount.newBuilder()
        .setSaga(id.getString("saga"))
        .setStatus(id.getString("status"))
        .setCount(row.get("sagas", Number.class).longValue())
        .build();
  }
}
