package io.kiroku.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/// The connector's one configuration, used here and in production; only `@NAME@` places differ.
final class OutboxConnectorTemplate {
  static final String CONNECTOR = "outbox";
  private static final String RESOURCE = "/outbox-connector.json";
  private static final JsonMapper JSON = new JsonMapper();

  private OutboxConnectorTemplate() {}

  static String render(StackOptions options) {
    return render(
        Map.of(
            "DATABASE_HOST", StackOptions.HOST,
            "DATABASE_PORT", Integer.toString(options.postgresPort),
            "DATABASE_USER", options.postgresUser,
            "DATABASE_PASSWORD", options.postgresPassword,
            "DATABASE_NAME", options.postgresDatabase,
            "REPLICATION_FACTOR", "1"));
  }

  /// Values are put into parsed JSON, so that a quote in a password cannot break out of it.
  static String render(Map<String, String> values) {
    try {
      ObjectNode config = (ObjectNode) JSON.readTree(template());
      config
          .properties()
          .forEach(setting -> {
            String text = setting.getValue().asText();
            values.forEach((name, value) -> {
              if (text.equals("@" + name + "@")) {
                config.put(setting.getKey(), value);
              }
            });
          });
      return JSON.writeValueAsString(config);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(RESOURCE + " is not JSON", broken);
    }
  }

  private static String template() {
    try (InputStream in = OutboxConnectorTemplate.class.getResourceAsStream(RESOURCE)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
