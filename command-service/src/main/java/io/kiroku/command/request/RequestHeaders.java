package io.kiroku.command.request;

import static io.kiroku.service.kafka.MessageHeaders.text;

import io.kiroku.service.kafka.MessageHeaders;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// What a program's message brings along; all are text. A message of a saga has other headers.
///
/// @param id of the message, chosen by its sender
/// @param authorization as in HTTP; a secret
/// @param idempotencyKey the message's id if there is none: a message that comes twice is one
///   command
record RequestHeaders(
    UUID id, @Nullable String authorization, String idempotencyKey, @Nullable String traceparent) {
  static final String AUTHORIZATION = "authorization";
  static final String IDEMPOTENCY_KEY = "idempotency-key";

  /// Fails with [MalformedFrame] without an id: nobody could be answered.
  static RequestHeaders of(Headers headers) {
    UUID id = MessageHeaders.id(headers);
    String key = text(headers, IDEMPOTENCY_KEY);
    return new RequestHeaders(
        id,
        text(headers, AUTHORIZATION),
        key == null ? id.toString() : key,
        text(headers, MessageHeaders.TRACEPARENT));
  }

  /// The token is a secret.
  @Override
  public String toString() {
    return "RequestHeaders[id=" + id + ", idempotencyKey=" + idempotencyKey + "]";
  }
}
