package io.kiroku.query.events;

import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.proto.query.v1.EventFilter;
import io.kiroku.query.running.Ids;
import io.kiroku.service.error.Errors;
import java.util.Set;

/// Which events are meant, checked. What is empty hides nothing.
public record EventQuery(
    String tenant, String stream, String category, Set<String> types, String correlationId) {
  private static final int TYPES_MOST = 100;

  public EventQuery {
    types = Set.copyOf(types);
  }

  /// Fails with `INVALID_ARGUMENT`.
  public static EventQuery of(EventFilter asked, String tenant) {
    if (asked.getTypesCount() > TYPES_MOST) {
      throw Errors.invalid("filter.types", "must be at most " + TYPES_MOST);
    }
    String correlation = asked.getCorrelationId();
    return new EventQuery(
        tenant,
        asked.getStream(),
        category("filter.category", asked.getCategory()),
        Set.copyOf(asked.getTypesList()),
        correlation.isEmpty() ? "" : Ids.stored("filter.correlation_id", correlation));
  }

  static String category(String field, String asked) {
    if (asked.indexOf('-') >= 0) {
      throw Errors.invalid(field, "must be what stands before the first - of a stream's name");
    }
    return asked;
  }

  public boolean matches(RecordedEvent event) {
    return event.metadata().tenant().equals(tenant)
        && (stream.isEmpty() || event.stream().value().equals(stream))
        && (category.isEmpty() || event.stream().category().equals(category))
        && (types.isEmpty() || types.contains(event.type()))
        && (correlationId.isEmpty()
            || event.metadata().correlationId().toString().equals(correlationId));
  }
}
