package io.kiroku.command.participant;

import com.google.protobuf.InvalidProtocolBufferException;
import io.smallrye.mutiny.Uni;

/// Handles the commands of one topic.
public interface Participant {
  String topic();

  /// Completes when the effect is durable. May be called again with the same message.
  ///
  /// Fails with [UnhandledCommand] or [InvalidProtocolBufferException] for what it does not know.
  Uni<Void> handle(CommandMessage message) throws InvalidProtocolBufferException;
}
