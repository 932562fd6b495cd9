package io.kiroku.query.events;

import io.kiroku.eventstore.EventIndexes.Index;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.proto.query.v1.ListEventsRequest;
import io.kiroku.query.running.Ids;
import io.kiroku.query.running.PageSize;
import io.kiroku.service.error.Errors;
import java.util.Optional;
import java.util.UUID;

/// Which page of which events is asked for, checked.
///
/// @param index empty for all events
/// @param after position; [EventLog#START] if none is meant
/// @param before position; `Long.MAX_VALUE` if none is meant
public record EventsRequest(
    String tenant, Optional<Index> index, long after, long before, boolean newestFirst, int size) {
  /// Fails with `INVALID_ARGUMENT`.
  public static EventsRequest of(ListEventsRequest asked, String tenant) {
    return new EventsRequest(
        tenant,
        index(asked),
        asked.hasAfterPosition()
            ? position("after_position", asked.getAfterPosition())
            : EventLog.START,
        asked.hasBeforePosition()
            ? position("before_position", asked.getBeforePosition())
            : Long.MAX_VALUE,
        asked.getNewestFirst(),
        PageSize.of("page_size", asked.getPageSize(), "must be 0 to " + PageSize.MOST));
  }

  private static long position(String field, long asked) {
    if (asked < EventLog.START) {
      throw Errors.invalid(field, "must be -1 at least");
    }
    return asked;
  }

  private static Optional<Index> index(ListEventsRequest asked) {
    return switch (asked.getOfCase()) {
      case STREAM -> Optional.of(new Index.OfStream(stream("stream", asked.getStream())));
      case CATEGORY ->
          Optional.of(
              new Index.OfCategory(
                  named("category", EventQuery.category("category", asked.getCategory()))));
      case TYPE -> Optional.of(new Index.OfType(named("type", asked.getType())));
      case CORRELATION_ID -> Optional.of(correlation("correlation_id", asked.getCorrelationId()));
      case OF_NOT_SET -> Optional.empty();
    };
  }

  /// Fails with `INVALID_ARGUMENT`. Streams of the store itself are none.
  static StreamId stream(String field, String asked) {
    if (asked.startsWith("$")) {
      throw Errors.invalid(field, "must not begin with $");
    }
    return new StreamId(named(field, asked));
  }

  private static String named(String field, String asked) {
    if (asked.isBlank()) {
      throw Errors.invalid(field, "must not be blank");
    }
    return asked;
  }

  /// Fails with `INVALID_ARGUMENT`.
  static Index correlation(String field, String asked) {
    return new Index.OfCorrelation(UUID.fromString(Ids.stored(field, asked)));
  }

  /// On this side of the end that it goes towards.
  boolean isWithin(RecordedEvent event) {
    return newestFirst ? event.position() > after : event.position() < before;
  }

  boolean wants(RecordedEvent event) {
    return event.metadata().tenant().equals(tenant);
  }
}
