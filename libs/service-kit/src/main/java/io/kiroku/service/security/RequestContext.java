package io.kiroku.service.security;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a gRPC call brought along besides its message.
///
/// @param bearer the verified token, to be shown to the next service
public record RequestContext(
    Caller caller,
    @Nullable String bearer,
    @Nullable String idempotencyKey,
    @Nullable String consistencyToken) {
  public static final RequestContext NONE = new RequestContext(Caller.ANONYMOUS, null, null, null);

  static final Context.Key<RequestContext> KEY = Context.keyWithDefault("kiroku-request", NONE);

  /// The running call's. To be read on the thread that enters the gRPC method, before anything
  /// asynchronous: what comes later may run elsewhere.
  public static RequestContext current() {
    return KEY.get();
  }

  /// Starts work as if this had come with a call, so that [#current()] finds it. What the work goes
  /// on with after it has returned may run without.
  public <T> T within(Supplier<T> work) {
    Context context =
        Context.current().withValues(KEY, this, ResponseTrailers.KEY, new ResponseTrailers());
    Context before = context.attach();
    try {
      return work.get();
    } finally {
      context.detach(before);
    }
  }

  /// The same stub, whose calls bring the same along.
  public <S extends AbstractStub<S>> S attachTo(S stub) {
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata()));
  }

  Metadata metadata() {
    Metadata metadata = new Metadata();
    put(metadata, CallMetadata.AUTHORIZATION, bearer == null ? null : "Bearer " + bearer);
    put(metadata, CallMetadata.IDEMPOTENCY_KEY, idempotencyKey);
    put(metadata, CallMetadata.CONSISTENCY_TOKEN, consistencyToken);
    return metadata;
  }

  private static void put(Metadata metadata, Metadata.Key<String> key, @Nullable String value) {
    if (value != null) {
      metadata.put(key, value);
    }
  }

  /// The token is a secret.
  @Override
  public String toString() {
    return "RequestContext[caller=" + caller + ", idempotencyKey=" + idempotencyKey + "]";
  }
}
