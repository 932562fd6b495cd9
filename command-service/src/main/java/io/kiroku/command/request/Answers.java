package io.kiroku.command.request;

import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.proto.commands.v1.CommandAccepted;
import io.kiroku.proto.commands.v1.CommandRejected;
import io.kiroku.proto.commands.v1.CommandReply;
import io.kiroku.proto.commands.v1.FieldViolation;
import io.kiroku.service.error.Errors;
import io.kiroku.service.error.Problem;
import io.kiroku.service.error.Violation;

/// What a gRPC service said, as a message says it.
final class Answers {
  private Answers() {}

  static CommandReply.Builder accepted(Done done) {
    var revisions = ConsistencyToken.decode(done.consistencyToken()).revisions();
    var written = revisions.entrySet().iterator().next();
    return CommandReply.newBuilder()
        .setAccepted(
            CommandAccepted.newBuilder()
                .setStream(written.getKey().value())
                .setRevision(written.getValue())
                .setConsistencyToken(done.consistencyToken())
                .setCreatedId(done.createdId()));
  }

  static CommandReply.Builder rejected(Problem problem) {
    var rejected = CommandRejected.newBuilder().setCode(problem.code()).setDetail(problem.detail());
    problem.violations().forEach(violation -> rejected.addViolations(message(violation)));
    return CommandReply.newBuilder().setRejected(rejected);
  }

  private static FieldViolation message(Violation violation) {
    return FieldViolation.newBuilder()
        .setPath(violation.path())
        .setMessage(violation.message())
        .build();
  }

  /// Whether a failure is what the caller has to hear, and not trouble of ours that may pass.
  static boolean isAnswer(Throwable failure) {
    return switch (failure) {
      case ConcurrencyConflict _ -> true;
      case StatusRuntimeException told -> Problem.from(told).httpStatus() < 500 && !isLater(told);
      default -> false;
    };
  }

  private static boolean isLater(StatusRuntimeException told) {
    return Problem.from(told).isTransient();
  }

  /// To be asked about answers only.
  static Problem problem(Throwable answer) {
    return Problem.from(
        switch (answer) {
          case ConcurrencyConflict conflict -> Errors.revisionConflict(conflict);
          case StatusRuntimeException told -> told;
          default -> throw new IllegalArgumentException(answer);
        });
  }
}
