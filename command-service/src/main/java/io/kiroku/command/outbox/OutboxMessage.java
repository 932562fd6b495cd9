package io.kiroku.command.outbox;

import com.google.protobuf.Message;
import io.kiroku.eventstore.RecordedEvent;
import java.util.UUID;

/// A message that an event makes us send.
///
/// @param id the same whenever the same event is published
/// @param key aggregate id: messages with the same key stay in order
/// @param type for the header `type`: what the envelope holds
/// @param cause the event that it tells, or whose effect it is
public record OutboxMessage(
    UUID id, String topic, String key, String type, Message envelope, RecordedEvent cause) {}
