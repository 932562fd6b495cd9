package io.kiroku.service.error;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.EventStoreUnavailable;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/// What a gRPC method's failure becomes before it leaves the process.
///
/// What [Errors] made goes out as it is. A failed call to another service goes out as that service
/// said it. All else is a bug: it is logged here, once, under an id, and the caller gets the id
/// only.
final class ErrorMapping {
  private static final Logger LOG = Logger.getLogger(ErrorMapping.class);

  private ErrorMapping() {}

  static StatusRuntimeException map(Throwable failure) {
    return switch (failure) {
      case StatusRuntimeException told when isTold(told.getStatus()) -> told;
      case StatusException told when isTold(told.getStatus()) ->
          told.getStatus().asRuntimeException(told.getTrailers());
      case ConcurrencyConflict conflict -> Errors.revisionConflict(conflict);
      case EventStoreUnavailable _ -> Errors.unavailable("The event store does not answer.");
      case CompletionException wrapped when wrapped.getCause() != null -> map(wrapped.getCause());
      default -> unexpected(failure);
    };
  }

  /// UNKNOWN is what gRPC makes of an exception that nobody mapped.
  static boolean isTold(Status status) {
    return status.getCode() != Status.Code.UNKNOWN;
  }

  static StatusRuntimeException unexpected(Throwable failure) {
    String errorId = UUID.randomUUID().toString();
    LOG.errorf(failure, "Error %s", errorId);
    return Errors.internal(errorId);
  }
}
