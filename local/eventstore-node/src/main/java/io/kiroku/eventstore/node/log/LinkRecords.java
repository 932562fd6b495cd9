package io.kiroku.eventstore.node.log;

import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import io.kiroku.eventstore.node.log.LinkStorage.Place;
import io.kiroku.eventstore.node.log.LogRecord.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes the records of link streams, as the projections of EventStoreDB write them. The same place
/// always gives the same record; its position and time are those of the record it stands for.
final class LinkRecords {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private LinkRecords() {}

  static LogRecord of(SystemProjection by, String stream, Place place, LogRecord source) {
    String text = text(by, source);
    boolean names = by == SystemProjection.STREAM_BY_CATEGORY;
    Event event =
        new Event(
            id(stream, place.revision()),
            names ? Streams.REFERENCE_TYPE : Streams.LINK_TYPE,
            false,
            ByteString.copyFromUtf8(text),
            ByteString.copyFromUtf8(metadata(by, source).toString()));
    @Nullable LogRecord target = text.equals(text(source)) ? source : null;
    return new LogRecord(
        source.position(), stream, place.revision(), event, source.createdTicks(), target);
  }

  private static UUID id(String stream, long revision) {
    return UUID.nameUUIDFromBytes((revision + "@" + stream).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(SystemProjection by, LogRecord source) {
    return switch (by) {
      case STREAMS -> text(source);
      case STREAM_BY_CATEGORY -> source.stream();
      case BY_CATEGORY, BY_CORRELATION_ID ->
          Links.isLink(source) ? source.event().data().toStringUtf8() : text(source);
      // Names a metadata event's subject, so that whoever hears of a deletion learns what of.
      case BY_EVENT_TYPE -> source.revision() + "@" + Streams.subject(source.stream());
    };
  }

  private static String text(LogRecord source) {
    return source.revision() + "@" + source.stream();
  }

  private static JsonObject metadata(SystemProjection by, LogRecord source) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("$v", by.number() + ":-1:1:4"); // id, epoch, version, format
    metadata.addProperty("$c", source.position());
    metadata.addProperty("$p", source.position());
    switch (by) {
      case STREAMS, STREAM_BY_CATEGORY -> {}
      case BY_CATEGORY -> {
        metadata.addProperty("$o", Streams.subject(source.stream()));
        markDeletion(metadata, source);
      }
      case BY_EVENT_TYPE -> markDeletion(metadata, source);
      case BY_CORRELATION_ID -> {
        metadata.addProperty("$eventTimestamp", TIMESTAMP.format(created(source)));
        if (Links.isLink(source)) {
          metadata.add("$link", link(source));
        }
      }
    }
    metadata.addProperty("$causedBy", source.id().toString());
    String correlation = Correlation.id(source);
    if (correlation != null) {
      metadata.addProperty(Correlation.KEY, correlation);
    }
    return metadata;
  }

  private static void markDeletion(JsonObject metadata, LogRecord source) {
    if (Streams.deletion(source)) {
      metadata.addProperty("$deleted", -1);
    }
  }

  private static JsonObject link(LogRecord source) {
    JsonObject link = new JsonObject();
    link.addProperty("eventId", source.id().toString());
    link.add("metadata", StreamMetadata.parse(source.event().metadata()));
    return link;
  }

  private static Instant created(LogRecord source) {
    long ticks = source.createdTicks();
    return Instant.ofEpochSecond(ticks / Ticks.PER_SECOND, ticks % Ticks.PER_SECOND * Ticks.NANOS);
  }
}
