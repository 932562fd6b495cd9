package io.kiroku.service.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// The headers of every message that comes from the log. All are text.
///
/// @param stream the stream whose event the message tells of, and that event's revision in it
/// @param logPosition the event's position in the log
public record MessageHeaders(
    UUID id,
    String type,
    String stream,
    long revision,
    long logPosition,
    UUID correlationId,
    UUID causationId,
    String tenant,
    @Nullable String traceparent) {
  public static final String ID = "id";
  public static final String TYPE = "type";
  public static final String STREAM = "stream";
  public static final String REVISION = "revision";
  public static final String LOG_POSITION = "log-position";
  public static final String CORRELATION_ID = "correlation-id";
  public static final String CAUSATION_ID = "causation-id";
  public static final String TENANT = "tenant";
  public static final String TRACEPARENT = "traceparent";

  /// Fails with [MalformedFrame] if one is missing (`traceparent` may be) or unreadable.
  public static MessageHeaders of(Headers headers) {
    try {
      return new MessageHeaders(
          id(headers),
          required(headers, TYPE),
          required(headers, STREAM),
          Long.parseLong(required(headers, REVISION)),
          Long.parseLong(required(headers, LOG_POSITION)),
          UUID.fromString(required(headers, CORRELATION_ID)),
          UUID.fromString(required(headers, CAUSATION_ID)),
          required(headers, TENANT),
          text(headers, TRACEPARENT));
    } catch (IllegalArgumentException unreadable) {
      throw new MalformedFrame("unreadable header", unreadable);
    }
  }

  /// The message's own id. Fails with [MalformedFrame] if it is missing or unreadable.
  public static UUID id(Headers headers) {
    try {
      return UUID.fromString(required(headers, ID));
    } catch (IllegalArgumentException unreadable) {
      throw new MalformedFrame("unreadable header", unreadable);
    }
  }

  /// A header's text; the last one of that name counts, null if there is none or it is empty.
  public static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    byte[] value = header == null ? null : header.value();
    return value == null || value.length == 0 ? null : new String(value, UTF_8);
  }

  /// Sets all of them.
  public void writeTo(Headers headers) {
    put(headers, ID, id.toString());
    put(headers, TYPE, type);
    put(headers, STREAM, stream);
    put(headers, REVISION, Long.toString(revision));
    put(headers, LOG_POSITION, Long.toString(logPosition));
    put(headers, CORRELATION_ID, correlationId.toString());
    put(headers, CAUSATION_ID, causationId.toString());
    put(headers, TENANT, tenant);
    if (traceparent != null) {
      put(headers, TRACEPARENT, traceparent);
    }
  }

  /// Sets one.
  public static void put(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(UTF_8));
  }

  private static String required(Headers headers, String name) {
    String text = text(headers, name);
    if (text == null) {
      throw new MalformedFrame("header " + name + " is missing");
    }
    return text;
  }
}
