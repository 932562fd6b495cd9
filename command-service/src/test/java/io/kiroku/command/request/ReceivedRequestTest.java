package io.kiroku.command.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiroku.eventstore.CommandIds;
import io.kiroku.proto.catalog.v1.CatalogRequest;
import io.kiroku.proto.catalog.v1.CreateCategory;
import io.kiroku.service.kafka.ConfluentFraming;
import io.kiroku.service.kafka.MalformedFrame;
import io.kiroku.service.kafka.MessageHeaders;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What a program's message tells about itself.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReceivedRequestTest {
  private static final UUID ID = UUID.fromString("0b1c2d3e-0000-4000-8000-000000000001");
  private static final Caller STAFF = new Caller("staff", "default", Set.of(Role.WRITER));

  @Test
  void the_command_is_known_by_tenant_actor_and_idempotency_key() {
    var message = message("Tea");
    MessageHeaders.put(message.headers(), "idempotency-key", "key-1");
    assertThat(ReceivedRequest.of(message).commandId(STAFF))
        .isEqualTo(CommandIds.commandId("default", "staff", "key-1"));
  }

  @Test
  void without_a_key_the_message_s_id_is_the_key() {
    assertThat(ReceivedRequest.of(message("Tea")).commandId(STAFF))
        .isEqualTo(CommandIds.commandId("default", "staff", ID.toString()));
  }

  @Test
  void another_delivery_has_the_same_answer_and_other_content_or_another_sender_has_not() {
    UUID answer = ReceivedRequest.of(message("Tea")).replyId(STAFF);
    assertThat(ReceivedRequest.of(message("Tea")).replyId(STAFF)).isEqualTo(answer);
    assertThat(ReceivedRequest.of(message("Coffee")).replyId(STAFF)).isNotEqualTo(answer);
    Caller other = new Caller("other", "default", Set.of(Role.WRITER));
    assertThat(ReceivedRequest.of(message("Tea")).replyId(other)).isNotEqualTo(answer);
  }

  /// Refusals are decided afresh when they are asked for afresh.
  @Test
  void another_message_under_the_same_key_has_an_answer_of_its_own() {
    var first = message("Tea");
    var second = message("Tea");
    MessageHeaders.put(second.headers(), MessageHeaders.ID, UUID.randomUUID().toString());
    List.of(first, second)
        .forEach(message -> MessageHeaders.put(message.headers(), "idempotency-key", "key-1"));
    assertThat(ReceivedRequest.of(second).commandId(STAFF))
        .isEqualTo(ReceivedRequest.of(first).commandId(STAFF));
    assertThat(ReceivedRequest.of(second).replyId(STAFF))
        .isNotEqualTo(ReceivedRequest.of(first).replyId(STAFF));
  }

  @Test
  void nobody_can_be_answered_without_an_id() {
    var without = message("Tea");
    without.headers().remove(MessageHeaders.ID);
    assertThatThrownBy(() -> ReceivedRequest.of(without)).isInstanceOf(MalformedFrame.class);
    var bad = message("Tea");
    MessageHeaders.put(bad.headers(), MessageHeaders.ID, "no-uuid");
    assertThatThrownBy(() -> ReceivedRequest.of(bad)).isInstanceOf(MalformedFrame.class);
  }

  @Test
  void what_is_not_the_topic_s_envelope_is_malformed() {
    byte[] other =
        ConfluentFraming.frame(1, List.of(1), CreateCategory.newBuilder().setName("Tea").build());
    assertMalformed(other);
    assertMalformed("no frame".getBytes(StandardCharsets.UTF_8));
    assertMalformed(null);
  }

  private static void assertMalformed(byte @Nullable [] value) {
    assertThatThrownBy(() -> ReceivedRequest.of(message(value))).isInstanceOf(MalformedFrame.class);
  }

  @Test
  void a_token_is_in_no_text() {
    var message = message("Tea");
    MessageHeaders.put(message.headers(), "authorization", "Bearer secret");
    assertThat(ReceivedRequest.of(message).toString()).doesNotContain("secret");
    assertThat(ReceivedRequest.of(message).headers().authorization()).isEqualTo("Bearer secret");
  }

  private static ConsumerRecord<String, byte[]> message(String category) {
    var command = CreateCategory.newBuilder().setName(category);
    return message(
        ConfluentFraming.frame(1, CatalogRequest.newBuilder().setCreateCategory(command).build()));
  }

  private static ConsumerRecord<String, byte[]> message(byte @Nullable [] value) {
    var message =
        new ConsumerRecord<String, byte[]>("kiroku.catalog.requests", 0, 0, "a-key", value);
    MessageHeaders.put(message.headers(), MessageHeaders.ID, ID.toString());
    return message;
  }
}
