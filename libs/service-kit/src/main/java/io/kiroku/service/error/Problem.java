package io.kiroku.service.error;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A failed call as its caller can tell it on: what [Errors] wrote, read back.
///
/// @param httpStatus status code of HTTP that says the same
/// @param code stable, of the domain or of [Errors]
/// @param violations empty unless fields of the request were wrong
/// @param retryAfter how long to wait before another try; zero unless the service told
public record Problem(
    int httpStatus,
    Status.Code status,
    String code,
    String detail,
    List<Violation> violations,
    Duration retryAfter) {
  public Problem {
    violations = List.copyOf(violations);
  }

  /// Never fails: what does not come from [Errors] gets a code made of its status.
  public static Problem from(StatusRuntimeException failure) {
    Status.Code status = failure.getStatus().getCode();
    com.google.rpc.Status rich = StatusProto.fromThrowable(failure);
    ErrorInfo info = detail(rich, ErrorInfo.class);
    if (rich == null || info == null || !info.getDomain().equals(Errors.DOMAIN)) {
      return new Problem(
          http(status, status.name()),
          status,
          status.name(),
          generic(status),
          List.of(),
          Duration.ZERO);
    }
    BadRequest fields = detail(rich, BadRequest.class);
    RetryInfo retry = detail(rich, RetryInfo.class);
    return new Problem(
        http(status, info.getReason()),
        status,
        info.getReason(),
        rich.getMessage(),
        fields == null ? List.of() : violations(fields),
        retry == null
            ? Duration.ZERO
            : Duration.ofMillis(Durations.toMillis(retry.getRetryDelay())));
  }

  /// May the same request succeed later, unchanged?
  public boolean isTransient() {
    return httpStatus == 503 || httpStatus == 429;
  }

  private static <M extends Message> @Nullable M detail(
      com.google.rpc.@Nullable Status rich, Class<M> type) {
    if (rich == null) {
      return null;
    }
    for (Any detail : rich.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return detail.unpack(type);
        } catch (InvalidProtocolBufferException unreadable) {
          return null;
        }
      }
    }
    return null;
  }

  private static List<Violation> violations(BadRequest fields) {
    return fields.getFieldViolationsList().stream()
        .map(field -> new Violation(field.getField(), field.getDescription()))
        .toList();
  }

  // The text of a status that another program made up may tell more than callers should know.
  private static String generic(Status.Code status) {
    return switch (http(status, status.name())) {
      case 503 -> "A service that is needed for this does not answer.";
      case 500 -> "Something went wrong here.";
      default -> status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  private static int http(Status.Code status, String code) {
    return switch (status) {
      case OK -> 200;
      // Its shape is wrong: 400. It is well-formed, but no such command can ever be right: 422.
      case INVALID_ARGUMENT -> code.startsWith("INVALID_") ? 400 : 422;
      case OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ABORTED, ALREADY_EXISTS, FAILED_PRECONDITION -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case UNAVAILABLE, DEADLINE_EXCEEDED -> 503;
      case UNIMPLEMENTED -> 501;
      case CANCELLED, UNKNOWN, INTERNAL, DATA_LOSS -> 500;
    };
  }
}
