package io.kiroku.eventstore.node.grpc;

import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.proto.features.ServerFeaturesGrpc.ServerFeaturesImplBase;
import io.kiroku.eventstore.node.proto.features.Serverfeatures.SupportedMethod;
import io.kiroku.eventstore.node.proto.features.Serverfeatures.SupportedMethods;
import io.kiroku.eventstore.node.proto.shared.Shared;
import java.util.List;
import java.util.stream.Stream;

/// Tells clients what they may call. Names are in lower case, as the server of EventStoreDB has
/// them; a client that misses one of the persistent subscriptions' methods turns to HTTP.
public final class ServerFeaturesService extends ServerFeaturesImplBase {
  /// Clients choose what they do by this.
  public static final String VERSION = "24.10.0";

  private static final SupportedMethods METHODS =
      SupportedMethods.newBuilder()
          .setEventStoreServerVersion(VERSION)
          .addAllMethods(methods("streams.streams", "append", "delete", "tombstone"))
          .addMethods(method("streams.streams", "read", "position", "events"))
          .addMethods(method("streams.streams", "batchappend", "deadline_duration"))
          .addAllMethods(groups("create", "update", "delete", "read", "getinfo"))
          .addAllMethods(groups("replayparked", "list"))
          .addAllMethods(
              methods("persistent_subscriptions.persistentsubscriptions", "restartsubsystem"))
          .addAllMethods(methods("projections.projections", "statistics", "enable", "disable"))
          .addAllMethods(methods("projections.projections", "reset", "restartsubsystem"))
          .addAllMethods(methods("gossip.gossip", "read"))
          .addAllMethods(methods("monitoring.monitoring", "stats"))
          .addAllMethods(methods("server_features.serverfeatures", "getsupportedmethods"))
          .build();

  @Override
  public void getSupportedMethods(Shared.Empty request, StreamObserver<SupportedMethods> out) {
    out.onNext(METHODS);
    out.onCompleted();
  }

  private static List<SupportedMethod> groups(String... names) {
    return Stream.of(names)
        .map(n -> method("persistent_subscriptions.persistentsubscriptions", n, "stream", "all"))
        .toList();
  }

  private static List<SupportedMethod> methods(String service, String... names) {
    return Stream.of(names).map(name -> method(service, name)).toList();
  }

  private static SupportedMethod method(String service, String name, String... features) {
    return SupportedMethod.newBuilder()
        .setServiceName("event_store.client." + service)
        .setMethodName(name)
        .addAllFeatures(List.of(features))
        .build();
  }
}
