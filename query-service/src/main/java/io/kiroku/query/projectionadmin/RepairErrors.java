package io.kiroku.query.projectionadmin;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.kiroku.projection.engine.RepairOutcome;
import io.kiroku.service.error.Errors;

/// What a repair that did not free its stream is called.
final class RepairErrors {
  static final String NOT_PARKED = "STREAM_NOT_PARKED";
  static final String STILL_PARKED = "STREAM_STILL_PARKED";
  static final String PARKED_ELSEWHERE = "STREAM_PARKED_ELSEWHERE";

  private RepairErrors() {}

  /// Fails unless the stream was freed.
  static void check(RepairOutcome outcome) {
    switch (outcome) {
      case RepairOutcome.Freed _ -> {}
      case RepairOutcome.NotParked _ ->
          throw Errors.notFound(NOT_PARKED, "This stream is not parked.");
      case RepairOutcome.StillParked(var parked) ->
          throw failed(
              STILL_PARKED, "Revision %d fails: %s".formatted(parked.revision(), parked.error()));
      case RepairOutcome.ParkedElsewhere(var parked) ->
          throw failed(
              PARKED_ELSEWHERE,
              "By now revision %d fails: %s".formatted(parked.revision(), parked.error()));
    }
  }

  private static StatusRuntimeException failed(String code, String detail) {
    return Errors.of(Code.FAILED_PRECONDITION, code, detail);
  }
}
