package io.kiroku.launcher.platform;

import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/// A service's gRPC port, called under tokens of the platform's own key.
public final class ServiceChannel implements AutoCloseable {
  private static final Duration TOKEN_TTL = Duration.ofHours(12);

  private final Tokens tokens;
  private final ManagedChannel channel;

  public ServiceChannel(Platform platform, Port service) {
    this.tokens = new Tokens(platform.keys().signingKey());
    this.channel =
        Grpc.newChannelBuilder(
                platform.ports().address(service), InsecureChannelCredentials.create())
            .build();
  }

  public <S extends AbstractStub<S>> S asOperator(Function<Channel, S> make) {
    return as(Tokens.Role.admin, "operator", make);
  }

  public <S extends AbstractStub<S>> S as(
      Tokens.Role role, String user, Function<Channel, S> make) {
    return with(
        make.apply(channel),
        "authorization",
        "Bearer " + tokens.sign(role, user, Instant.now(), TOKEN_TTL));
  }

  /// Every command of the stub is the same one.
  public static <S extends AbstractStub<S>> S keyed(S stub, String idempotencyKey) {
    return with(stub, "idempotency-key", idempotencyKey);
  }

  public static <S extends AbstractStub<S>> S with(S stub, String header, String value) {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER), value);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
