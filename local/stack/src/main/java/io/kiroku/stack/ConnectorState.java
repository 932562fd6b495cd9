package io.kiroku.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// Where the outbox connector stands, as far as the rest of the platform cares.
enum ConnectorState {
  WAITING_FOR_TABLE,
  STARTING,
  RUNNING,
  FAILED;

  private static final JsonMapper JSON = new JsonMapper();

  /// Reads the body of Connect's `GET /connectors/{name}/status`.
  static ConnectorState of(String status) {
    try {
      JsonNode root = JSON.readTree(status);
      String connector = root.path("connector").path("state").asText();
      String task = root.path("tasks").path(0).path("state").asText();
      if (connector.equals("FAILED") || task.equals("FAILED")) {
        return FAILED;
      }
      return connector.equals("RUNNING") && task.equals("RUNNING") ? RUNNING : STARTING;
    } catch (JsonProcessingException notStatus) {
      return STARTING;
    }
  }
}
