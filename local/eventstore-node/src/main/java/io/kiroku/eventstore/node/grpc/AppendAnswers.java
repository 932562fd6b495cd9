package io.kiroku.eventstore.node.grpc;

import io.kiroku.eventstore.node.log.Write;
import io.kiroku.eventstore.node.log.Write.Outcome.Written;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendResp.Position;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendResp.Success;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendResp.WrongExpectedVersion;

/// The two answers of `Streams.Append` that are not errors.
final class AppendAnswers {
  private AppendAnswers() {}

  static AppendResp written(Written written) {
    Success.Builder success =
        Success.newBuilder()
            .setPosition(
                Position.newBuilder()
                    .setCommitPosition(written.position())
                    .setPreparePosition(written.position()));
    if (written.revision() < 0) {
      success.setNoStream(Wire.EMPTY);
    } else {
      success.setCurrentRevision(written.revision());
    }
    return AppendResp.newBuilder().setSuccess(success).build();
  }

  /// Old clients read the fields of version 20.6.0, others the new ones: both are set.
  static AppendResp wrong(long expected, long current) {
    WrongExpectedVersion.Builder wrong = WrongExpectedVersion.newBuilder();
    if (current < 0) {
      wrong.setNoStream2060(Wire.EMPTY).setCurrentNoStream(Wire.EMPTY);
    } else {
      wrong.setCurrentRevision2060(current).setCurrentRevision(current);
    }
    if (expected == Write.ANY) {
      wrong.setAny2060(Wire.EMPTY).setExpectedAny(Wire.EMPTY);
    } else if (expected == Write.EXISTS) {
      wrong.setStreamExists2060(Wire.EMPTY).setExpectedStreamExists(Wire.EMPTY);
    } else if (expected < 0) {
      wrong.setExpectedNoStream(Wire.EMPTY);
    } else {
      wrong.setExpectedRevision2060(expected).setExpectedRevision(expected);
    }
    return AppendResp.newBuilder().setWrongExpectedVersion(wrong).build();
  }
}
