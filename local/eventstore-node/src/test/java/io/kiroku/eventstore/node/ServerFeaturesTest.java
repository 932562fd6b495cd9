package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.kiroku.eventstore.node.proto.features.ServerFeaturesGrpc;
import io.kiroku.eventstore.node.proto.features.Serverfeatures.SupportedMethod;
import io.kiroku.eventstore.node.proto.features.Serverfeatures.SupportedMethods;
import io.kiroku.eventstore.node.proto.shared.Shared;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What clients choose their ways by.
final class ServerFeaturesTest {
  private static final String GROUPS =
      "event_store.client.persistent_subscriptions.persistentsubscriptions/";

  @Test
  void trap_13_methods_are_announced_in_lower_case_with_their_features() {
    SupportedMethods methods = supported();
    assertThat(methods.getEventStoreServerVersion()).isEqualTo("24.10.0");
    assertThat(features(methods, "event_store.client.streams.streams/batchappend"))
        .containsExactly("deadline_duration");
    assertThat(features(methods, "event_store.client.streams.streams/read"))
        .containsExactly("position", "events");
    for (String name : List.of("create", "getinfo", "replayparked", "list")) {
      assertThat(features(methods, GROUPS + name)).containsExactly("stream", "all");
    }
    assertThat(names(methods)).contains(GROUPS + "restartsubsystem").doesNotHaveDuplicates();
  }

  private static SupportedMethods supported() {
    try (EventStoreNode node = EventStoreNode.inMemory().start()) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(node.host(), node.port()).usePlaintext().build();
      try {
        return ServerFeaturesGrpc.newBlockingStub(channel)
            .getSupportedMethods(Shared.Empty.getDefaultInstance());
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static Stream<String> names(SupportedMethods methods) {
    return methods.getMethodsList().stream().map(ServerFeaturesTest::name);
  }

  private static String name(SupportedMethod method) {
    return method.getServiceName() + "/" + method.getMethodName();
  }

  private static List<String> features(SupportedMethods methods, String name) {
    return methods.getMethodsList().stream()
        .filter(method -> name(method).equals(name))
        .findFirst()
        .orElseThrow()
        .getFeaturesList();
  }
}
