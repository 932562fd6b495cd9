package io.kiroku.query.watch;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// Puts each call's [Outbound] into its context, and cancels the call when its client leaves.
@GlobalInterceptor
@ApplicationScoped
public class OutboundInterceptor implements ServerInterceptor {
  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    CompletableFuture<Boolean> left = Departures.left();
    Outbound outbound = new Outbound(call::isReady);
    Context context = Context.current().withValue(Outbound.KEY, outbound);
    var listener = new Listening<>(Contexts.interceptCall(context, call, headers, next), outbound);
    var _ = left.thenRun(listener::onCancel);
    return listener;
  }

  private static final class Listening<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Outbound outbound;
    private final AtomicBoolean ended = new AtomicBoolean();

    Listening(ServerCall.Listener<Q> delegate, Outbound outbound) {
      super(delegate);
      this.outbound = outbound;
    }

    @Override
    public void onReady() {
      super.onReady();
      outbound.made();
    }

    @Override
    public void onCancel() {
      if (ended.compareAndSet(false, true)) {
        super.onCancel();
      }
    }

    @Override
    public void onComplete() {
      if (ended.compareAndSet(false, true)) {
        super.onComplete();
      }
    }
  }
}
