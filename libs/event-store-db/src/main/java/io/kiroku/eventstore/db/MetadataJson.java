package io.kiroku.eventstore.db;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kiroku.eventstore.EventMetadata;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Metadata as EventStoreDB keeps them. Names with a `$` are the store's own convention:
/// https://developers.eventstore.com/server/v24.10/features/streams.html#metadata-and-reserved-names
final class MetadataJson {
  private static final byte[] NONE = {'{', '}'};

  private final JsonMapper mapper = new JsonMapper();

  byte[] write(EventMetadata metadata) {
    ObjectNode json = mapper.createObjectNode();
    json.put("$correlationId", metadata.correlationId().toString());
    json.put("$causationId", metadata.causationId().toString());
    json.put("commandId", metadata.commandId().toString());
    json.put("requestHash", metadata.requestHash());
    json.put("actor", metadata.actor());
    json.put("tenant", metadata.tenant());
    if (metadata.sagaId() != null) {
      json.put("sagaId", metadata.sagaId());
    }
    if (metadata.traceparent() != null) {
      json.put("traceparent", metadata.traceparent());
    }
    if (metadata.triggerPosition() != null) {
      json.put("triggerPosition", metadata.triggerPosition());
    }
    try {
      return mapper.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Metadata cannot be written", e);
    }
  }

  /// Events of other programs may have none of it: they belong to no tenant, and their command is
  /// the event itself.
  EventMetadata read(UUID eventId, byte @Nullable [] bytes) {
    JsonNode json = tree(bytes == null || bytes.length == 0 ? NONE : bytes);
    return new EventMetadata(
        uuid(json, "$correlationId", eventId),
        uuid(json, "$causationId", eventId),
        uuid(json, "commandId", eventId),
        json.path("requestHash").asText(""),
        json.path("actor").asText(""),
        json.path("tenant").asText(""),
        text(json, "sagaId"),
        text(json, "traceparent"),
        json.path("triggerPosition").isIntegralNumber()
            ? json.path("triggerPosition").longValue()
            : null);
  }

  private JsonNode tree(byte[] bytes) {
    try {
      return mapper.readTree(bytes);
    } catch (IOException e) {
      return mapper.createObjectNode();
    }
  }

  private static UUID uuid(JsonNode json, String name, UUID otherwise) {
    try {
      return json.path(name).isTextual() ? UUID.fromString(json.path(name).textValue()) : otherwise;
    } catch (IllegalArgumentException e) {
      return otherwise;
    }
  }

  private static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isTextual() ? value.textValue() : null;
  }
}
