package io.kiroku.gateway.request;

import io.grpc.stub.AbstractStub;
import io.kiroku.gateway.problem.InvalidRequest;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the running request brought in its headers, checked.
@RequestScoped
public class CurrentRequest {
  private static final long CALL_SECONDS_MAX = 10;

  private RequestContext context = RequestContext.NONE;
  private @Nullable Long ifMatch;

  public Caller caller() {
    return context.caller();
  }

  public RequestContext context() {
    return context;
  }

  /// The stub for the calls of this request: they show the caller's token, key and consistency
  /// token, and end in time.
  public <S extends AbstractStub<S>> S attachTo(S stub) {
    return attachTo(stub, context);
  }

  /// The same for a request that is seen differently.
  public static <S extends AbstractStub<S>> S attachTo(S stub, RequestContext context) {
    // Quarkus' own setting starts to run when the stub is injected, not when it is called.
    return context.attachTo(stub).withDeadlineAfter(CALL_SECONDS_MAX, TimeUnit.SECONDS);
  }

  /// The revision that the client expects, from `If-Match` or from the body; null: any.
  ///
  /// Fails with [InvalidRequest] if the two differ.
  public @Nullable Long expectedRevision(@Nullable Long inBody) {
    if (ifMatch != null && inBody != null && !ifMatch.equals(inBody)) {
      throw new InvalidRequest("expectedRevision", "must be what If-Match says");
    }
    return ifMatch != null ? ifMatch : inBody;
  }

  void set(RequestContext context, @Nullable Long ifMatch) {
    this.context = context;
    this.ifMatch = ifMatch;
  }
}
