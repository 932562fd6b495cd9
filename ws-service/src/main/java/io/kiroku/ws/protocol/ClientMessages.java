package io.kiroku.ws.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kiroku.ws.protocol.ClientMessage.Ping;
import io.kiroku.ws.protocol.ClientMessage.Subscribe;
import io.kiroku.ws.protocol.ClientMessage.Unreadable;
import io.kiroku.ws.protocol.ClientMessage.Unsubscribe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Reads what clients send. Unknown fields are tolerated.
public final class ClientMessages {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ClientMessages() {}

  public static ClientMessage read(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      return switch (message.path("type").asText()) {
        case "subscribe" -> new Subscribe(jobIds(message), afterSequence(message));
        case "unsubscribe" -> new Unsubscribe(jobIds(message));
        case "ping" -> new Ping();
        default -> new Unreadable("UNKNOWN_MESSAGE", "type must be subscribe, unsubscribe or ping");
      };
    } catch (JsonProcessingException broken) {
      return new Unreadable("BAD_JSON", "not JSON: " + broken.getOriginalMessage());
    } catch (IllegalArgumentException wrong) {
      return new Unreadable("INVALID_MESSAGE", String.valueOf(wrong.getMessage()));
    }
  }

  private static List<String> jobIds(JsonNode message) {
    JsonNode ids = message.path("jobIds");
    if (!ids.isArray() || ids.isEmpty()) {
      throw new IllegalArgumentException("jobIds must be a list of at least one id");
    }
    List<String> read = new ArrayList<>(ids.size());
    ids.forEach(id -> read.add(uuid(id.asText())));
    return read;
  }

  private static Map<String, Long> afterSequence(JsonNode message) {
    Map<String, Long> read = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : message.path("afterSequence").properties()) {
      if (!entry.getValue().canConvertToLong() || entry.getValue().asLong() < 0) {
        throw new IllegalArgumentException("afterSequence must be whole numbers from 0");
      }
      read.put(uuid(entry.getKey()), entry.getValue().asLong());
    }
    return read;
  }

  private static String uuid(String text) {
    try {
      return UUID.fromString(text).toString();
    } catch (IllegalArgumentException notOne) {
      throw new IllegalArgumentException("a job id must be a UUID", notOne);
    }
  }
}
