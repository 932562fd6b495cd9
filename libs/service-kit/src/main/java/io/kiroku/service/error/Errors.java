package io.kiroku.service.error;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.kiroku.decider.Rejection;
import io.kiroku.eventstore.ConcurrencyConflict;
import java.util.ArrayList;
import java.util.List;

/// Refusals and failures as gRPC sees them: a status, and an [ErrorInfo] whose reason is the stable
/// code. The model is https://google.aip.dev/193.
public final class Errors {
  /// The domain of every [ErrorInfo] sent from here.
  public static final String DOMAIN = "kiroku.io";

  public static final String INVALID_REQUEST = "INVALID_REQUEST";
  public static final String UNAUTHENTICATED = "UNAUTHENTICATED";
  public static final String FORBIDDEN = "FORBIDDEN";
  public static final String UNAVAILABLE = "UNAVAILABLE";
  public static final String OVERLOADED = "OVERLOADED";
  public static final String INTERNAL = "INTERNAL";
  public static final String REVISION_CONFLICT = "REVISION_CONFLICT";

  private Errors() {}

  /// The domain's refusal.
  public static StatusRuntimeException rejected(Rejection reason) {
    Code status =
        switch (reason.kind()) {
          case INVALID -> Code.INVALID_ARGUMENT;
          case NOT_FOUND -> Code.NOT_FOUND;
          case CONFLICT -> Code.ABORTED;
          case FORBIDDEN_BY_STATE -> Code.FAILED_PRECONDITION;
        };
    return of(status, reason.code(), reason.detail());
  }

  /// One field of the request is not as it must be.
  public static StatusRuntimeException invalid(String field, String why) {
    return invalid(List.of(new Violation(field, why)));
  }

  /// Several fields are not as they must be; at least one.
  public static StatusRuntimeException invalid(List<Violation> violations) {
    BadRequest.Builder fields = BadRequest.newBuilder();
    for (Violation violation : violations) {
      fields.addFieldViolations(
          BadRequest.FieldViolation.newBuilder()
              .setField(violation.path())
              .setDescription(violation.message()));
    }
    Violation first = violations.getFirst();
    return of(
        Code.INVALID_ARGUMENT,
        INVALID_REQUEST,
        first.path() + " " + first.message() + ".",
        fields.build());
  }

  /// @param code says what was not found: `ORDER_NOT_FOUND`
  public static StatusRuntimeException notFound(String code, String detail) {
    return of(Code.NOT_FOUND, code, detail);
  }

  /// Another fact is in the way: `READ_MODEL_BEHIND`, say.
  public static StatusRuntimeException conflict(String code, String detail) {
    return of(Code.ABORTED, code, detail);
  }

  public static StatusRuntimeException revisionConflict(String detail) {
    return conflict(REVISION_CONFLICT, detail);
  }

  public static StatusRuntimeException revisionConflict(ConcurrencyConflict conflict) {
    return revisionConflict(
        "Something else was written meanwhile; revision "
            + conflict.expectedRevision()
            + " was expected.");
  }

  public static StatusRuntimeException unauthenticated(String detail) {
    return of(Code.UNAUTHENTICATED, UNAUTHENTICATED, detail);
  }

  /// @param need the role that the caller lacks
  public static StatusRuntimeException forbidden(String need) {
    return of(Code.PERMISSION_DENIED, FORBIDDEN, "This needs the role " + need + ".");
  }

  /// Something that the service depends on is down; a later try may succeed.
  public static StatusRuntimeException unavailable(String detail) {
    return of(Code.UNAVAILABLE, UNAVAILABLE, detail);
  }

  /// Too much to do already; a later try may succeed.
  public static StatusRuntimeException overloaded(String detail) {
    return of(Code.RESOURCE_EXHAUSTED, OVERLOADED, detail);
  }

  /// A fault of ours, that the log tells under this id.
  public static StatusRuntimeException internal(String errorId) {
    return of(Code.INTERNAL, INTERNAL, "Something went wrong here; error " + errorId + ".");
  }

  public static StatusRuntimeException of(
      Code status, String code, String detail, Message... more) {
    List<Any> details = new ArrayList<>();
    details.add(Any.pack(ErrorInfo.newBuilder().setReason(code).setDomain(DOMAIN).build()));
    for (Message message : more) {
      details.add(Any.pack(message));
    }
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(status.getNumber())
            .setMessage(detail)
            .addAllDetails(details)
            .build());
  }
}
