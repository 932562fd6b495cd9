package io.kiroku.eventstore.node.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.node.grpc.AppendLimits.Exceeded;
import io.kiroku.eventstore.node.grpc.AppendLimits.Exceeded.ByAppend;
import io.kiroku.eventstore.node.grpc.AppendLimits.Exceeded.ByEvent;
import io.kiroku.eventstore.node.log.Write;
import io.kiroku.eventstore.node.log.Write.Append;
import io.kiroku.eventstore.node.log.Write.Outcome;
import io.kiroku.eventstore.node.log.Write.Outcome.Refused;
import io.kiroku.eventstore.node.log.Write.Outcome.StreamDeleted;
import io.kiroku.eventstore.node.log.Write.Outcome.Unavailable;
import io.kiroku.eventstore.node.log.Write.Outcome.Written;
import io.kiroku.eventstore.node.log.Write.Outcome.WrongRevision;
import io.kiroku.eventstore.node.proto.rpc.Code;
import io.kiroku.eventstore.node.proto.rpc.Status;
import io.kiroku.eventstore.node.proto.shared.Shared;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendResp.Success;
import java.util.Objects;

/// The answers of `Streams.BatchAppend`. Errors tell their kind by the type of their details, which
/// clients take for granted.
final class BatchAnswers {
  private static final Empty EMPTY = Empty.getDefaultInstance();

  private BatchAnswers() {}

  static BatchAppendResp.Builder of(Append append, Outcome outcome) {
    return switch (outcome) {
      case Written written -> success(written);
      case WrongRevision wrong ->
          error(Code.ALREADY_EXISTS, "WrongExpectedVersion", wrong(append.expected(), wrong));
      case StreamDeleted _ -> error(Code.NOT_FOUND, "StreamDeleted", deleted(append.stream()));
      case Refused refused ->
          error(
              Code.FAILED_PRECONDITION,
              refused.reason(),
              Shared.InvalidTransaction.getDefaultInstance());
      case Unavailable away -> unavailable(away.reason());
    };
  }

  static BatchAppendResp.Builder timeout() {
    return error(Code.DEADLINE_EXCEEDED, "Timeout", Shared.Timeout.getDefaultInstance());
  }

  static BatchAppendResp.Builder tooBig(Exceeded exceeded) {
    Message details =
        switch (exceeded) {
          case ByAppend by ->
              Shared.MaximumAppendSizeExceeded.newBuilder().setMaxAppendSize(by.bytesMax()).build();
          case ByEvent by ->
              Shared.MaximumAppendEventSizeExceeded.newBuilder()
                  .setEventId(by.id().toString())
                  .setProposedEventSize((int) by.bytes())
                  .setMaxAppendEventSize(by.bytesMax())
                  .build();
        };
    return error(Code.INVALID_ARGUMENT, details.getDescriptorForType().getName(), details);
  }

  static BatchAppendResp.Builder unavailable(String reason) {
    return error(Code.UNAVAILABLE, reason, EMPTY);
  }

  /// What another call would fail with.
  static BatchAppendResp.Builder refused(StatusRuntimeException e) {
    if (e.getStatus().getCode() == io.grpc.Status.Code.PERMISSION_DENIED) {
      return error(
          Code.PERMISSION_DENIED, "AccessDenied", Shared.AccessDenied.getDefaultInstance());
    }
    return badRequest(Objects.requireNonNullElse(e.getStatus().getDescription(), ""));
  }

  static BatchAppendResp.Builder badRequest(String message) {
    return error(
        Code.INVALID_ARGUMENT,
        "BadRequest",
        Shared.BadRequest.newBuilder().setMessage(message).build());
  }

  private static BatchAppendResp.Builder success(Written written) {
    Success.Builder success =
        Success.newBuilder()
            .setPosition(
                Shared.AllStreamPosition.newBuilder()
                    .setCommitPosition(written.position())
                    .setPreparePosition(written.position()));
    if (written.revision() < 0) {
      success.setNoStream(EMPTY);
    } else {
      success.setCurrentRevision(written.revision());
    }
    return BatchAppendResp.newBuilder().setSuccess(success);
  }

  private static Shared.WrongExpectedVersion wrong(long expected, WrongRevision outcome) {
    Shared.WrongExpectedVersion.Builder wrong = Shared.WrongExpectedVersion.newBuilder();
    if (outcome.current() < 0) {
      wrong.setCurrentNoStream(EMPTY);
    } else {
      wrong.setCurrentStreamRevision(outcome.current());
    }
    if (expected == Write.ANY) {
      wrong.setExpectedAny(EMPTY);
    } else if (expected == Write.EXISTS) {
      wrong.setExpectedStreamExists(EMPTY);
    } else if (expected < 0) {
      wrong.setExpectedNoStream(EMPTY);
    } else {
      wrong.setExpectedStreamPosition(expected);
    }
    return wrong.build();
  }

  private static Shared.StreamDeleted deleted(String stream) {
    return Shared.StreamDeleted.newBuilder().setStreamIdentifier(Wire.stream(stream)).build();
  }

  private static BatchAppendResp.Builder error(Code code, String message, Message details) {
    return BatchAppendResp.newBuilder()
        .setError(
            Status.newBuilder().setCode(code).setMessage(message).setDetails(Any.pack(details)));
  }
}
