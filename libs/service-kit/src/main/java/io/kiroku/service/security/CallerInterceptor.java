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
import io.kiroku.service.error.Errors;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Puts the verified caller of each gRPC call into its context, where [RequestContext#current()]
/// finds it. A call without a token is anonymous; one with a bad token goes no further.
@GlobalInterceptor
@ApplicationScoped
public class CallerInterceptor implements ServerInterceptor {
  private static final Logger LOG = Logger.getLogger(CallerInterceptor.class);
  private static final String SCHEME = "Bearer ";

  private final TokenVerifier verifier;

  CallerInterceptor(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    RequestContext request;
    try {
      request = read(headers);
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

  private RequestContext read(Metadata headers) {
    String key = headers.get(CallMetadata.IDEMPOTENCY_KEY);
    if (key != null && key.length() > CallMetadata.IDEMPOTENCY_KEY_LENGTH_MAX) {
      throw Errors.invalid("idempotency-key", "has more than 200 characters");
    }
    String bearer = bearer(headers.get(CallMetadata.AUTHORIZATION));
    return new RequestContext(
        bearer == null ? Caller.ANONYMOUS : verified(bearer),
        bearer,
        key,
        headers.get(CallMetadata.CONSISTENCY_TOKEN));
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    if (authorization == null) {
      return null;
    }
    // https://www.rfc-editor.org/rfc/rfc9110#section-11.1: the scheme is case-insensitive.
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw Errors.unauthenticated("Only bearer tokens are understood.");
    }
    return authorization.substring(SCHEME.length()).trim();
  }

  private Caller verified(String bearer) {
    try {
      return verifier.verify(bearer);
    } catch (InvalidToken refused) {
      LOG.debug("Token refused", refused);
      throw Errors.unauthenticated("The bearer token is not valid.");
    }
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
