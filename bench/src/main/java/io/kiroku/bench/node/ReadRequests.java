package io.kiroku.bench.node;

import io.kiroku.eventstore.node.proto.shared.Shared.Empty;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options;

/// Reads and subscriptions as the official Java client asks for them.
final class ReadRequests {
  private static final Empty YES = Empty.getDefaultInstance();

  private ReadRequests() {}

  static ReadReq all() {
    return read(fromStart());
  }

  static ReadReq stream(String name) {
    return read(fromStart(name));
  }

  static ReadReq subscriptionToAll() {
    return subscription(fromStart());
  }

  static ReadReq subscriptionToAllFromEnd() {
    Options.AllOptions.Builder end = Options.AllOptions.newBuilder().setEnd(YES);
    return subscription(Options.newBuilder().setAll(end));
  }

  static ReadReq subscriptionTo(String stream) {
    return subscription(fromStart(stream));
  }

  private static Options.Builder fromStart() {
    return Options.newBuilder().setAll(Options.AllOptions.newBuilder().setStart(YES));
  }

  private static Options.Builder fromStart(String stream) {
    return Options.newBuilder()
        .setStream(
            Options.StreamOptions.newBuilder()
                .setStreamIdentifier(Proposal.stream(stream))
                .setStart(YES));
  }

  private static ReadReq read(Options.Builder options) {
    return request(options.setCount(Long.MAX_VALUE));
  }

  private static ReadReq subscription(Options.Builder options) {
    return request(options.setSubscription(Options.SubscriptionOptions.getDefaultInstance()));
  }

  private static ReadReq request(Options.Builder options) {
    return ReadReq.newBuilder()
        .setOptions(
            options
                .setNoFilter(YES)
                .setUuidOption(Options.UUIDOption.newBuilder().setStructured(YES))
                .setControlOption(Options.ControlOption.newBuilder().setCompatibility(1)))
        .build();
  }
}
