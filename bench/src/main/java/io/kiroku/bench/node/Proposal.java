package io.kiroku.bench.node;

import com.google.protobuf.ByteString;
import io.kiroku.eventstore.node.proto.shared.Shared.Empty;
import io.kiroku.eventstore.node.proto.shared.Shared.StreamIdentifier;
import io.kiroku.eventstore.node.proto.shared.Shared.UUID;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq.Options;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq.ProposedMessage;
import java.util.concurrent.ThreadLocalRandom;

/// Events of 200 bytes for one stream, expected at a revision.
///
/// @param revision -1 for a stream that does not exist
/// @param events how many
record Proposal(StreamIdentifier stream, long revision, int events) {
  static final int EVENT_BYTES = 200;
  private static final ByteString DATA =
      ByteString.copyFromUtf8("{\"text\":\"" + "x".repeat(EVENT_BYTES - 11) + "\"}");

  static StreamIdentifier stream(String name) {
    return StreamIdentifier.newBuilder().setStreamName(ByteString.copyFromUtf8(name)).build();
  }

  /// Revision of the last event once this is written.
  long lastRevision() {
    return revision + events;
  }

  AppendReq options() {
    Options.Builder options = Options.newBuilder().setStreamIdentifier(stream);
    if (revision < 0) {
      options.setNoStream(Empty.getDefaultInstance());
    } else {
      options.setRevision(revision);
    }
    return AppendReq.newBuilder().setOptions(options).build();
  }

  /// One of the events.
  static AppendReq event() {
    var random = ThreadLocalRandom.current();
    UUID.Structured id =
        UUID.Structured.newBuilder()
            .setMostSignificantBits(random.nextLong())
            .setLeastSignificantBits(random.nextLong())
            .build();
    return AppendReq.newBuilder()
        .setProposedMessage(
            ProposedMessage.newBuilder()
                .setId(UUID.newBuilder().setStructured(id))
                .putMetadata("type", "bench-event.v1")
                .putMetadata("content-type", "application/json")
                .setData(DATA))
        .build();
  }
}
