package io.kiroku.eventstore.node.grpc;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.node.grpc.AppendLimits.Exceeded;
import io.kiroku.eventstore.node.grpc.AppendLimits.Exceeded.ByAppend;
import io.kiroku.eventstore.node.grpc.AppendLimits.Exceeded.ByEvent;
import java.util.Map;

/// Failures as EventStoreDB reports them: a gRPC status and trailers, of which `exception` names
/// the kind.
final class Errors {
  /// Clients take 8 KiB of headers at most and never see an error that does not fit; a character
  /// can become nine.
  private static final int TEXT_CHARS_MAX = 700;

  private Errors() {}

  static StatusRuntimeException streamDeleted(String stream) {
    return with(
        status(Status.FAILED_PRECONDITION, "Event stream '" + stream + "' is deleted."),
        Map.of("exception", "stream-deleted", "stream-name", stream));
  }

  static StatusRuntimeException accessDenied() {
    return with(
        Status.PERMISSION_DENIED.withDescription("Access Denied"),
        Map.of("exception", "access-denied"));
  }

  /// Of a deletion; an append answers with a message instead.
  static StatusRuntimeException wrongExpectedVersion(String stream, long expected, long actual) {
    return with(
        status(
            Status.FAILED_PRECONDITION,
            "Delete failed due to WrongExpectedVersion. Stream: %s, Expected version: %d, Actual version: %d"
                .formatted(stream, expected, actual)),
        Map.of(
            "exception",
            "wrong-expected-version",
            "stream-name",
            stream,
            "expected-version",
            Long.toString(expected),
            "actual-version",
            Long.toString(actual)));
  }

  static StatusRuntimeException tooBig(Exceeded exceeded) {
    return switch (exceeded) {
      case ByAppend by -> tooBig(by);
      case ByEvent by -> tooBig(by);
    };
  }

  private static StatusRuntimeException tooBig(ByAppend by) {
    String bytesMax = Integer.toString(by.bytesMax());
    return with(
        status(Status.INVALID_ARGUMENT, "Maximum Append Size of " + bytesMax + " Exceeded."),
        Map.of("exception", "maximum-append-size-exceeded", "maximum-append-size", bytesMax));
  }

  private static StatusRuntimeException tooBig(ByEvent by) {
    return with(
        status(
            Status.INVALID_ARGUMENT,
            "Event with Id: %s, Size: %d, exceeds Maximum Append Event Size of %d."
                .formatted(by.id(), by.bytes(), by.bytesMax())),
        Map.of(
            "exception",
            "maximum-append-event-size-exceeded",
            "maximum-append-event-size",
            Integer.toString(by.bytesMax()),
            "event-id",
            by.id().toString(),
            "proposed-append-event-size",
            Long.toString(by.bytes())));
  }

  static StatusRuntimeException missingMetadata(String key) {
    return with(
        status(Status.INVALID_ARGUMENT, "Required Metadata Property '" + key + "' is missing"),
        Map.of(
            "exception",
            "missing-required-metadata-property",
            "required-metadata-properties",
            "type,content-type"));
  }

  static StatusRuntimeException invalidTransaction(String reason) {
    return with(
        status(Status.INVALID_ARGUMENT, reason), Map.of("exception", "invalid-transaction"));
  }

  static StatusRuntimeException noProjection(String name) {
    return status(Status.NOT_FOUND, "Projection '" + name + "' not found").asRuntimeException();
  }

  static StatusRuntimeException invalid(String reason) {
    return status(Status.INVALID_ARGUMENT, reason).asRuntimeException();
  }

  static StatusRuntimeException noExpectedRevision() {
    return invalid("No expected revision");
  }

  static StatusRuntimeException unknown(String reason) {
    return status(Status.UNKNOWN, reason).asRuntimeException();
  }

  static StatusRuntimeException unavailable(String reason) {
    return status(Status.UNAVAILABLE, reason).asRuntimeException();
  }

  static StatusRuntimeException group(
      Status status, String kind, String source, String group, String message) {
    return with(
        status(status, message),
        Map.of("exception", kind, "stream-name", source, "group-name", group));
  }

  static StatusRuntimeException groupFailed(String source, String group, String reason) {
    return with(
        status(
            Status.INTERNAL,
            "Subscription group %s on stream %s failed: '%s'".formatted(group, source, reason)),
        Map.of(
            "exception",
            "persistent-subscription-failed",
            "stream-name",
            source,
            "group-name",
            group,
            "reason",
            reason));
  }

  /// Trailers are ASCII on the wire; other characters are written as `?`, as the message has them.
  private static StatusRuntimeException with(Status status, Map<String, String> trailers) {
    Metadata metadata = new Metadata();
    trailers.forEach((key, value) ->
        metadata.put(
            Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER),
            cut(value).replaceAll("[^\\x20-\\x7e]", "?")));
    return status.asRuntimeException(metadata);
  }

  private static Status status(Status status, String description) {
    return status.withDescription(cut(description));
  }

  private static String cut(String text) {
    return text.length() > TEXT_CHARS_MAX ? text.substring(0, TEXT_CHARS_MAX) + "…" : text;
  }
}
