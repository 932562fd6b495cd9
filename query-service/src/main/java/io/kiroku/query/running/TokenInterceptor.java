package io.kiroku.query.running;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;

/// Refuses every call that brings a bad consistency token, also those that wait for nothing because
/// the log itself answers them.
@GlobalInterceptor
@ApplicationScoped
public class TokenInterceptor implements ServerInterceptor, Prioritized {
  /// The others have 0: the caller is known by now.
  private static final int LAST = -1;

  @Override
  public int getPriority() {
    return LAST;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    RequestContext request = RequestContext.current();
    // Who is not signed in may have to be told so first; what he may ask for looks at his token.
    if (!request.caller().isSignedIn()) {
      return next.startCall(call, headers);
    }
    try {
      var _ = Tokens.brought(request);
    } catch (StatusRuntimeException refused) {
      Metadata trailers = refused.getTrailers();
      call.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
      return new ServerCall.Listener<>() {};
    }
    return next.startCall(call, headers);
  }
}
