package io.kiroku.bench;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.function.Function;

/// A service's gRPC port, called by an admin.
public final class AdminCalls implements AutoCloseable {
  private final ManagedChannel channel;
  private final String bearer;

  public AdminCalls(String address, String adminToken) {
    this.channel = ManagedChannelBuilder.forTarget(address).usePlaintext().build();
    this.bearer = "Bearer " + adminToken;
  }

  public <S extends AbstractStub<S>> S stub(Function<Channel, S> make) {
    return with(make.apply(channel), "authorization", bearer);
  }

  /// @param header lower-case
  public static <S extends AbstractStub<S>> S with(S stub, String header, String value) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER), value);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
