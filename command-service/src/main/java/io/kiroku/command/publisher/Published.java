package io.kiroku.command.publisher;

import com.google.protobuf.Message;

/// What the world is told of an event.
///
/// @param key aggregate id
/// @param type full name of the message inside the envelope
public record Published(String topic, String key, String type, Message envelope) {
  /// @param content what the envelope holds
  public static Published of(String topic, Object key, Message content, Message envelope) {
    return new Published(
        topic, key.toString(), content.getDescriptorForType().getFullName(), envelope);
  }
}
