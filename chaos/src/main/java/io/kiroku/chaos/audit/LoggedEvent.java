package io.kiroku.chaos.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.kiroku.eventstore.RecordedEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event of the log, with its content as it is stored.
///
/// @param category of its stream
/// @param subject what the stream is about: an order, a product …
/// @param trigger position of the event that a saga's event answers
record LoggedEvent(
    UUID id,
    String stream,
    String category,
    String subject,
    long revision,
    long position,
    String type,
    JsonNode data,
    @Nullable Long trigger) {

  static LoggedEvent of(RecordedEvent event, JsonNode data) {
    return new LoggedEvent(
        event.id(),
        event.stream().value(),
        event.stream().category(),
        event.stream().id(),
        event.revision(),
        event.position(),
        event.type(),
        data,
        event.metadata().triggerPosition());
  }

  boolean is(String name) {
    return type.equals(name + ".v1");
  }

  long number(String field) {
    return data.path(field).asLong();
  }

  long minorUnits(String field) {
    return data.path(field).path("minorUnits").asLong();
  }

  String text(String field) {
    return data.path(field).asText();
  }
}
