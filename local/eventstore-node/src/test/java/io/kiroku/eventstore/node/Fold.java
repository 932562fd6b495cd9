package io.kiroku.eventstore.node;

import com.eventstore.dbclient.RecordedEvent;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the system projections must make of a log: for each stream the texts of its links. Written
/// from EventStoreDB's rules, apart from the node's own code.
final class Fold {
  private final Map<String, List<String>> streams = new HashMap<>();

  static Map<String, List<String>> of(List<RecordedEvent> log) {
    Fold fold = new Fold();
    log.forEach(fold::add);
    return fold.streams;
  }

  private void add(RecordedEvent event) {
    String stream = event.getStreamId();
    boolean metadata = stream.startsWith("$$");
    String subject = metadata ? stream.substring(2) : stream;
    String link = event.getRevision() + "@" + stream;
    boolean isLink = event.getEventType().equals("$>");
    if (event.getRevision() == 0) {
      link("$streams", link);
      if (category(stream) != null) {
        link("$category-" + category(stream), stream);
      }
    }
    if (category(subject) != null) {
      link("$ce-" + category(subject), isLink ? data(event) : link);
    }
    if (!isLink) {
      boolean deletion =
          metadata
              ? data(event).contains("\"$tb\":" + Long.MAX_VALUE)
              : event.getEventType().equals("$streamDeleted");
      String type = deletion ? "$deleted" : event.getEventType();
      link("$et-" + type, event.getRevision() + "@" + subject);
    }
    String correlation = correlation(event);
    if (correlation != null) {
      link("$bc-" + correlation, isLink ? data(event) : link);
    }
  }

  private static @Nullable String category(String stream) {
    return stream.matches("(?s)[^$-][^-]*-.*") ? stream.split("-", 2)[0] : null;
  }

  private static @Nullable String correlation(RecordedEvent event) {
    try {
      String text = new String(event.getUserMetadata(), StandardCharsets.UTF_8);
      return JsonParser.parseString(text) instanceof JsonObject json
              && json.get("$correlationId") instanceof JsonPrimitive id
          ? id.getAsString()
          : null;
    } catch (JsonParseException _) {
      return null;
    }
  }

  private void link(String stream, String text) {
    streams.computeIfAbsent(stream, _ -> new ArrayList<>()).add(text);
  }

  static String data(RecordedEvent event) {
    return new String(event.getEventData(), StandardCharsets.UTF_8);
  }
}
