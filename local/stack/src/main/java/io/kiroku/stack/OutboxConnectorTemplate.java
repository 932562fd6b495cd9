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
///
/// Why it is as it is:
/// - `snapshot.mode=when_needed`: without an offset, or when the slot no longer holds the position
///   of the offset (slot dropped or recreated), the rows that are in the table are sent, some of
///   them a second time. Every other mode would lose what was written while there was no slot.
/// - `publication.autocreate.mode=filtered` publishes the outbox and its heartbeat, nothing else,
///   so the tables must exist before the connector does: [OutboxConnector] waits for them.
/// - The heartbeat writes a row every 10 s, so that the slot moves on while the outbox is idle;
///   other databases of the server write WAL all the time, and an idle slot would hold it. It must
///   be a new row: updates are skipped like those of the outbox, and what is skipped moves nothing.
/// - `poll.interval.ms` is the latency of every saga step; its default of 500 is not for us.
/// - Only outbox rows pass the router (the predicate); heartbeat records would make it fail.
/// - `tracing.with.context.field.only`: Debezium's own tracing adds nothing, `traceparent` is ours.
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
