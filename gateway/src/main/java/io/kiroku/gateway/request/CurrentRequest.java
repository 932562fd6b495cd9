package io.kiroku.gateway.request;

import io.grpc.stub.AbstractStub;
import io.kiroku.gateway.problem.InvalidRequest;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/// What the running request brought in its headers, checked.
@RequestScoped
public class CurrentRequest {
  private RequestContext context = RequestContext.NONE;
  private @Nullable Long ifMatch;

  public Caller caller() {
    return context.caller();
  }

  public RequestContext context() {
    return context;
  }

  /// The stub whose calls show the caller's token, key and consistency token.
  public <S extends AbstractStub<S>> S attachTo(S stub) {
    return context.attachTo(stub);
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
