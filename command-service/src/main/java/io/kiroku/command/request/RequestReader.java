package io.kiroku.command.request;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.smallrye.mutiny.Uni;

/// Reads the commands of one topic and hands them to the gRPC service of their context.
public interface RequestReader {
  /// `kiroku.<context>.requests`.
  String topic();

  /// To be called within the sender's [io.kiroku.service.security.RequestContext]: whatever the
  /// service says holds for the message, refusals included. Completes when the effect is durable.
  ///
  /// Fails with [InvalidProtocolBufferException] for what is no envelope of this topic, and as the
  /// service does.
  ///
  /// @param envelope bytes of the topic's envelope message
  Uni<Done> handle(ByteString envelope) throws InvalidProtocolBufferException;
}
