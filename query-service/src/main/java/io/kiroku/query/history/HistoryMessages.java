package io.kiroku.query.history;

import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.projection.engine.HistoryEntry;
import io.kiroku.proto.query.v1.GetHistoryResponse;
import io.kiroku.proto.query.v1.HistoryEvent;
import io.kiroku.query.running.Timestamps;
import io.kiroku.service.security.Caller;
import java.util.List;

/// Histories as the contract shows them.
public final class HistoryMessages {
  private HistoryMessages() {}

  /// @param found one more than the page holds if there are more
  public static GetHistoryResponse page(List<HistoryEntry> found, HistoryQuery query) {
    GetHistoryResponse.Builder page = GetHistoryResponse.newBuilder();
    found.stream()
        .limit(query.pageSize())
        .forEach(entry -> page.addEvents(message(entry, query.caller())));
    if (found.size() > query.pageSize()) {
      page.setNextRevision(found.getLast().event().revision());
    }
    return page.build();
  }

  private static HistoryEvent message(HistoryEntry entry, Caller viewer) {
    RecordedEvent event = entry.event();
    return HistoryEvent.newBuilder()
        .setRevision(event.revision())
        .setRecordedAt(Timestamps.of(event.recordedAt()))
        .setType(event.type())
        .setActor(actor(event.metadata().actor(), viewer))
        .setOutcome(entry.outcome().name())
        .addAllChanges(FieldChanges.between(entry.before(), entry.after()))
        .build();
  }

  /// The stock of a product is for everybody to see; who bought it is not.
  private static String actor(String actor, Caller viewer) {
    return viewer.isAdmin() || actor.equals(viewer.userId()) ? actor : "";
  }
}
