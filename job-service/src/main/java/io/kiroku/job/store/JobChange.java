package io.kiroku.job.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can happen to a job.
public sealed interface JobChange {
  String jobId();

  String userId();

  String tenant();

  Instant at();

  @Nullable String traceparent();

  /// Opens a job; once open, it stays as it is.
  record Issue(
      String jobId,
      String userId,
      String tenant,
      String kind,
      Instant at,
      @Nullable String traceparent)
      implements JobChange {}

  /// Ends a job of which nothing has begun.
  record Reject(
      String jobId,
      String userId,
      String tenant,
      String code,
      Instant at,
      @Nullable String traceparent)
      implements JobChange {}

  /// A fulfillment moved on.
  ///
  /// @param revision of the fulfillment's stream; older or equal ones are no news
  /// @param steps names of all steps; only [JobAction#STARTED] has them
  /// @param cause id of the message that told it
  /// @param position of the told event in the log
  record Progress(
      String jobId,
      String userId,
      String tenant,
      Instant at,
      @Nullable String traceparent,
      String orderId,
      long revision,
      JobAction action,
      String step,
      String code,
      String consistencyToken,
      List<String> steps,
      String cause,
      long position)
      implements JobChange {
    public Progress {
      steps = List.copyOf(steps);
    }
  }
}
