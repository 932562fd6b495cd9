package io.kiroku.eventstore.db;

import com.eventstore.dbclient.ConnectionShutdownException;
import com.eventstore.dbclient.NoClusterNodeFoundException;
import com.eventstore.dbclient.NotLeaderException;
import com.eventstore.dbclient.ResourceNotFoundException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.EventStoreUnavailable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// What the client throws, in the words of the port.
final class Failures {
  private Failures() {}

  /// Whatever another attempt may cure becomes [EventStoreUnavailable]; the rest is passed on.
  static Throwable translated(@Nullable Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause == null) {
      return new EventStoreUnavailable("EventStoreDB ended the call", null);
    }
    return switch (cause) {
      case ConnectionShutdownException _, NoClusterNodeFoundException _, NotLeaderException _ ->
          unavailable(cause);
      case CancellationException _ -> unavailable(cause);
      case StatusRuntimeException status when isPassing(status.getStatus().getCode()) ->
          unavailable(cause);
      default -> cause;
    };
  }

  static boolean hasStatus(Throwable failure, Status.Code code) {
    return unwrapped(failure) instanceof StatusRuntimeException status
        && status.getStatus().getCode() == code;
  }

  /// Whether what was asked for is not there, translated or not.
  static boolean isMissing(Throwable failure) {
    Throwable cause = failure instanceof EventStoreUnavailable ? failure.getCause() : failure;
    return unwrapped(cause) instanceof ResourceNotFoundException
        || (cause != null && hasStatus(cause, Status.Code.NOT_FOUND));
  }

  private static boolean isPassing(Status.Code code) {
    return switch (code) {
      case OK,
          CANCELLED,
          UNKNOWN,
          DEADLINE_EXCEEDED,
          NOT_FOUND,
          RESOURCE_EXHAUSTED,
          ABORTED,
          INTERNAL,
          UNAVAILABLE ->
          true;
      case INVALID_ARGUMENT,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          DATA_LOSS,
          UNAUTHENTICATED ->
          false;
    };
  }

  private static EventStoreUnavailable unavailable(Throwable cause) {
    return new EventStoreUnavailable("EventStoreDB is not available: " + cause.getMessage(), cause);
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause != null && cause.getCause() != null && isWrapper(cause)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof CompletionException
        || failure instanceof ExecutionException
        || failure.getClass() == RuntimeException.class;
  }
}
