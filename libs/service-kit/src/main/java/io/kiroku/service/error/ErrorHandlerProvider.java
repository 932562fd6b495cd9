package io.kiroku.service.error;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import jakarta.enterprise.context.ApplicationScoped;

/// Makes every failure of a gRPC method one that callers may see. Quarkus' own provider tells the
/// exception's class and message, and sends the request's metadata back as trailers.
@ApplicationScoped
class ErrorHandlerProvider implements ExceptionHandlerProvider {
  @Override
  public <Q, A> ExceptionHandler<Q, A> createHandler(
      ServerCall.Listener<Q> listener, ServerCall<Q, A> call, Metadata metadata) {
    return new ClosingHandler<>(listener, call, metadata);
  }

  /// The failure of a `Uni` or `Multi` that a method returned.
  @Override
  public Throwable transform(Throwable failure) {
    return ErrorMapping.map(failure);
  }

  private static final class ClosingHandler<Q, A> extends ExceptionHandler<Q, A> {
    ClosingHandler(ServerCall.Listener<Q> listener, ServerCall<Q, A> call, Metadata metadata) {
      super(listener, call, metadata);
    }

    /// What a method threw instead of returning.
    @Override
    protected void handleException(Throwable failure, ServerCall<Q, A> call, Metadata metadata) {
      StatusRuntimeException told = ErrorMapping.map(failure);
      Metadata trailers = told.getTrailers();
      call.close(told.getStatus(), trailers == null ? new Metadata() : trailers);
    }
  }
}
