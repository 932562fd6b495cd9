package io.kiroku.eventstore.node.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.node.proto.persistent.PersistentSubscriptionsGrpc;

/// Keeps what a call's headers say of the caller, and answers with the status that a service threw.
public final class Calls implements ServerInterceptor {
  static final Context.Key<String> CONNECTION = Context.keyWithDefault("connection", "<unknown>");

  private static final Metadata.Key<String> CONNECTION_NAME =
      Metadata.Key.of("connection-name", Metadata.ASCII_STRING_MARSHALLER);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!PersistentSubscriptionsGrpc.SERVICE_NAME.equals(
        call.getMethodDescriptor().getServiceName())) {
      return new Answering<>(next.startCall(call, headers), call); // nobody asks who appends
    }
    String name = headers.get(CONNECTION_NAME);
    Context context = Context.current().withValue(CONNECTION, name == null ? "<unknown>" : name);
    return new Answering<>(Contexts.interceptCall(context, call, headers, next), call);
  }

  private static final class Answering<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<?, ?> call;
    private boolean failed;

    Answering(ServerCall.Listener<Q> listener, ServerCall<?, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      if (failed) {
        return;
      }
      try {
        super.onMessage(message);
      } catch (StatusRuntimeException e) {
        fail(e);
        super.onCancel(); // lets go of what the service keeps for this call
      }
    }

    @Override
    public void onHalfClose() {
      if (failed) {
        return;
      }
      try {
        super.onHalfClose();
      } catch (StatusRuntimeException e) {
        fail(e);
      }
    }

    @Override
    public void onCancel() {
      if (!failed) {
        super.onCancel();
      }
    }

    private void fail(StatusRuntimeException e) {
      failed = true;
      Metadata trailers = e.getTrailers();
      try {
        call.close(e.getStatus(), trailers == null ? new Metadata() : trailers);
      } catch (IllegalStateException _) {
        // The service has ended it already.
      }
    }
  }
}
