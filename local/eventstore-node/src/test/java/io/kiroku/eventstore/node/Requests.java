package io.kiroku.eventstore.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.UnknownFieldSet;
import io.kiroku.eventstore.node.proto.shared.Shared;
import io.kiroku.eventstore.node.proto.shared.Shared.StreamIdentifier;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options;
import java.util.UUID;

/// Requests on the wire, for tests that spoil them.
final class Requests {
  static final Shared.Empty EMPTY = Shared.Empty.getDefaultInstance();

  private Requests() {}

  static StreamIdentifier stream(String name) {
    return stream(ByteString.copyFromUtf8(name));
  }

  static StreamIdentifier stream(ByteString name) {
    return StreamIdentifier.newBuilder().setStreamName(name).build();
  }

  static AppendReq.Options.Builder appendTo(String stream) {
    return AppendReq.Options.newBuilder().setStreamIdentifier(stream(stream)).setAny(EMPTY);
  }

  static AppendReq options(AppendReq.Options.Builder options) {
    return AppendReq.newBuilder().setOptions(options).build();
  }

  static AppendReq.ProposedMessage.Builder proposal() {
    return AppendReq.ProposedMessage.newBuilder()
        .setId(Shared.UUID.newBuilder().setString(UUID.randomUUID().toString()))
        .putMetadata("type", "written.v1")
        .putMetadata("content-type", "application/json")
        .setData(ByteString.copyFromUtf8("{}"));
  }

  static AppendReq proposed(AppendReq.ProposedMessage.Builder event) {
    return AppendReq.newBuilder().setProposedMessage(event).build();
  }

  /// A field that no contract knows, of so many bytes.
  static UnknownFieldSet unknown(int bytes) {
    return UnknownFieldSet.newBuilder()
        .addField(
            999,
            UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(new byte[bytes]))
                .build())
        .build();
  }

  /// All of one append in one chunk.
  static BatchAppendReq batch(String stream) {
    return BatchAppendReq.newBuilder()
        .setCorrelationId(Shared.UUID.newBuilder().setString(UUID.randomUUID().toString()))
        .setOptions(
            BatchAppendReq.Options.newBuilder()
                .setStreamIdentifier(stream(stream))
                .setAny(Empty.getDefaultInstance()))
        .addProposedMessages(
            BatchAppendReq.ProposedMessage.newBuilder()
                .setId(proposal().getId())
                .putAllMetadata(proposal().getMetadataMap()))
        .setIsFinal(true)
        .build();
  }

  /// Of one stream from its start.
  static Options.Builder readOf(String stream) {
    return readWith()
        .setCount(10)
        .setStream(
            Options.StreamOptions.newBuilder().setStreamIdentifier(stream(stream)).setStart(EMPTY));
  }

  /// Of `$all` from the start.
  static Options.Builder readAll() {
    return readWith().setCount(10).setAll(Options.AllOptions.newBuilder().setStart(EMPTY));
  }

  private static Options.Builder readWith() {
    return Options.newBuilder()
        .setUuidOption(Options.UUIDOption.newBuilder().setString(EMPTY))
        .setNoFilter(EMPTY);
  }

  static ReadReq request(Options.Builder options) {
    return ReadReq.newBuilder().setOptions(options).build();
  }

  static Options.Builder subscription(Options.Builder options) {
    return options.setSubscription(Options.SubscriptionOptions.getDefaultInstance());
  }
}
