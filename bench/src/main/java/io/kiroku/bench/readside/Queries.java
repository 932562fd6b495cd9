package io.kiroku.bench.readside;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;

/// The query service, called by an admin.
final class Queries implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final Metadata.Key<String> CONSISTENCY_TOKEN = key("consistency-token");

  private final ManagedChannel channel;
  private final String bearer;

  Queries(String address, String adminToken) {
    this.channel = ManagedChannelBuilder.forTarget(address).usePlaintext().build();
    this.bearer = "Bearer " + adminToken;
  }

  ManagedChannel channel() {
    return channel;
  }

  <S extends AbstractStub<S>> S asAdmin(S stub) {
    return with(stub, AUTHORIZATION, bearer);
  }

  <S extends AbstractStub<S>> S asAdmin(S stub, String consistencyToken) {
    return with(asAdmin(stub), CONSISTENCY_TOKEN, consistencyToken);
  }

  private static <S extends AbstractStub<S>> S with(
      S stub, Metadata.Key<String> name, String value) {
    Metadata headers = new Metadata();
    headers.put(name, value);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
