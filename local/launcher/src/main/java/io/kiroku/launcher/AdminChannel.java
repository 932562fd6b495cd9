package io.kiroku.launcher;

import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.Port;
import io.kiroku.launcher.platform.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/// A service's gRPC port, called as an admin.
final class AdminChannel implements AutoCloseable {
  private static final Duration TOKEN_TTL = Duration.ofHours(12);

  private final Platform platform;
  private final ManagedChannel channel;

  AdminChannel(Platform platform, Port service) {
    this.platform = platform;
    this.channel =
        Grpc.newChannelBuilder(
                platform.ports().address(service), InsecureChannelCredentials.create())
            .build();
  }

  <S extends AbstractStub<S>> S stub(Function<Channel, S> make) {
    String token =
        new Tokens(platform.keys().signingKey())
            .sign(Tokens.Role.admin, "operator", Instant.now(), TOKEN_TTL);
    Metadata metadata = new Metadata();
    metadata.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return make.apply(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
