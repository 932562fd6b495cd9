package io.kiroku.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class MessageHeadersTest {
  private static final MessageHeaders WITHOUT_TRACE =
      new MessageHeaders(
          UUID.randomUUID(),
          "order-placed.v1",
          "order-1",
          3,
          99,
          UUID.randomUUID(),
          UUID.randomUUID(),
          "default",
          null);

  @Test
  void what_is_written_is_read_back() {
    Headers headers = new RecordHeaders();
    WITHOUT_TRACE.writeTo(headers);

    assertThat(MessageHeaders.of(headers)).isEqualTo(WITHOUT_TRACE);
  }

  @Test
  void an_empty_traceparent_is_none() {
    Headers headers = new RecordHeaders();
    WITHOUT_TRACE.writeTo(headers);
    headers.add(MessageHeaders.TRACEPARENT, null);

    assertThat(MessageHeaders.of(headers).traceparent()).isNull();
  }

  @Test
  void a_missing_or_unreadable_header_is_refused() {
    Headers missing = new RecordHeaders();
    WITHOUT_TRACE.writeTo(missing);
    missing.remove(MessageHeaders.STREAM);
    Headers unreadable = new RecordHeaders();
    WITHOUT_TRACE.writeTo(unreadable);
    MessageHeaders.put(unreadable, MessageHeaders.REVISION, "three");

    assertThatThrownBy(() -> MessageHeaders.of(missing)).isInstanceOf(MalformedFrame.class);
    assertThatThrownBy(() -> MessageHeaders.of(unreadable)).isInstanceOf(MalformedFrame.class);
  }
}
