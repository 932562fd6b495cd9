package io.kiroku.eventstore.node.grpc;

import com.google.protobuf.ByteString;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.LogRecord.Event;
import io.kiroku.eventstore.node.log.Streams;
import io.kiroku.eventstore.node.log.Write;
import io.kiroku.eventstore.node.proto.shared.Shared;
import io.kiroku.eventstore.node.proto.shared.Shared.StreamIdentifier;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq;
import java.util.Map;
import java.util.UUID;

/// The small things that every service says in the same way.
final class Wire {
  static final Shared.Empty EMPTY = Shared.Empty.getDefaultInstance();
  private static final String JSON = "application/json";
  private static final String BINARY = "application/octet-stream";

  private static final UUID ZERO = new UUID(0, 0);

  private Wire() {}

  static StreamIdentifier stream(String name) {
    return StreamIdentifier.newBuilder().setStreamName(ByteString.copyFromUtf8(name)).build();
  }

  /// Fails with INVALID_ARGUMENT if it is no name that can be stored.
  static String stream(StreamIdentifier identifier) {
    String name = utf8(identifier.getStreamName());
    if (!Streams.isName(name)) {
      throw Errors.invalid(
          "A stream needs a name of 1 to %d characters without NUL, other than $$"
              .formatted(Streams.NAME_CHARS_MAX));
    }
    return name;
  }

  /// The same for a stream that is to be written to or deleted. Fails with PERMISSION_DENIED for
  /// `$all`, which is none.
  static String writable(StreamIdentifier identifier) {
    String name = stream(identifier);
    if (name.equals(Streams.ALL)) {
      throw Errors.accessDenied();
    }
    return name;
  }

  /// Fails with INVALID_ARGUMENT if it is none: two names must not become one by replacement.
  static String utf8(ByteString bytes) {
    if (!bytes.isValidUtf8()) {
      throw Errors.invalid("A name is not valid UTF-8");
    }
    return bytes.toStringUtf8();
  }

  static Shared.UUID uuid(UUID id, boolean structured) {
    return structured
        ? Shared.UUID
            .newBuilder()
            .setStructured(
                Shared.UUID
                    .Structured
                    .newBuilder()
                    .setMostSignificantBits(id.getMostSignificantBits())
                    .setLeastSignificantBits(id.getLeastSignificantBits()))
            .build()
        : Shared.UUID.newBuilder().setString(id.toString()).build();
  }

  static UUID uuid(Shared.UUID id) {
    if (id.hasStructured()) {
      Shared.UUID.Structured bits = id.getStructured();
      return new UUID(bits.getMostSignificantBits(), bits.getLeastSignificantBits());
    }
    try {
      return id.getString().isEmpty() ? ZERO : UUID.fromString(id.getString());
    } catch (IllegalArgumentException _) {
      throw Errors.invalid("'" + id.getString() + "' is no UUID");
    }
  }

  /// A proposed event. Fails with INVALID_ARGUMENT if something mandatory is missing.
  static Event event(
      Shared.UUID id, Map<String, String> metadata, ByteString custom, ByteString data) {
    UUID uuid = uuid(id);
    if (uuid.equals(ZERO)) {
      throw Errors.invalid("An event needs an id other than the zero UUID");
    }
    String type = metadata.get("type");
    if (type == null || type.isEmpty()) {
      throw Errors.missingMetadata("type");
    }
    if (type.length() > Streams.NAME_CHARS_MAX || type.indexOf(0) >= 0) {
      throw Errors.invalid(
          "An event type has at most %d characters and no NUL".formatted(Streams.NAME_CHARS_MAX));
    }
    String contentType = metadata.get("content-type");
    if (contentType == null) {
      throw Errors.missingMetadata("content-type");
    }
    return new Event(uuid, type, contentType.equals(JSON), data, custom);
  }

  static Map<String, String> metadata(LogRecord record) {
    return Map.of(
        "type",
        record.type(),
        "created",
        Long.toString(record.createdTicks()),
        "content-type",
        record.event().json() ? JSON : BINARY);
  }

  /// An expected revision; the greatest number of 64 bits means that there must be no stream.
  static long expected(long revision) {
    return revision == -1 ? Streams.NONE : unsigned(revision);
  }

  /// What an append, a delete or a tombstone expects: the three messages number their cases alike.
  ///
  /// @param kind number of the case, 0 if there is none: then fails with INVALID_ARGUMENT
  /// @param revision if that is the case
  static long expected(int kind, long revision) {
    return switch (kind) {
      case AppendReq.Options.REVISION_FIELD_NUMBER -> expected(revision);
      case AppendReq.Options.NO_STREAM_FIELD_NUMBER -> Streams.NONE;
      case AppendReq.Options.STREAM_EXISTS_FIELD_NUMBER -> Write.EXISTS;
      case AppendReq.Options.ANY_FIELD_NUMBER -> Write.ANY;
      default -> throw Errors.noExpectedRevision();
    };
  }

  /// An unsigned revision or position that must fit a long. The server of EventStoreDB fails with
  /// UNKNOWN, too.
  static long unsigned(long value) {
    if (value < 0) {
      throw Errors.unknown("Revision or position out of range");
    }
    return value;
  }
}
