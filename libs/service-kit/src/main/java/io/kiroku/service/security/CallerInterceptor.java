package io.kiroku.service.security;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;

/// Puts the verified caller of each gRPC call into its context, where [RequestContext#current()]
/// finds it. A call without a token is anonymous; one with a bad token goes no further.
@GlobalInterceptor
@ApplicationScoped
public class CallerInterceptor implements ServerInterceptor {
  private final Callers callers;

  CallerInterceptor(Callers callers) {
    this.callers = callers;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    RequestContext request;
    try {
      request =
          callers.now(
              headers.get(CallMetadata.AUTHORIZATION),
              headers.get(CallMetadata.IDEMPOTENCY_KEY),
              headers.get(CallMetadata.CONSISTENCY_TOKEN));
    } catch (StatusRuntimeException refused) {
      Metadata trailers = refused.getTrailers();
      call.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
      return new ServerCall.Listener<>() {};
    }
    ResponseTrailers trailers = new ResponseTrailers();
    Context context =
        Context.current().withValues(RequestContext.KEY, request, ResponseTrailers.KEY, trailers);
    return Contexts.interceptCall(context, new WithTrailers<>(call, trailers), headers, next);
  }

  private static final class WithTrailers<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final ResponseTrailers added;

    WithTrailers(ServerCall<Q, A> call, ResponseTrailers added) {
      super(call);
      this.added = added;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (status.isOk()) {
        added.mergeInto(trailers);
      }
      super.close(status, trailers);
    }
  }
}
