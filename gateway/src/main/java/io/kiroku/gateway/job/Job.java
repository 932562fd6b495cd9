package io.kiroku.gateway.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kiroku.gateway.wire.Wire;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A job as its owner sees it.
///
/// @param state `ISSUED`, `RUNNING`, `COMPENSATING`, `SUCCEEDED`, `FAILED` or `STUCK`
/// @param progress 0 to 100
/// @param subjectId what it is about: the order's id
/// @param consistencyToken brought to a query, it shows the job's result
@JsonInclude(JsonInclude.Include.NON_NULL)
record Job(
    String jobId,
    String kind,
    String state,
    int progress,
    List<String> done,
    List<String> pending,
    @Nullable String subjectId,
    @Nullable String consistencyToken,
    @Nullable String errorCode,
    long sequence,
    @Nullable Instant issuedAt,
    @Nullable Instant completedAt,
    @Nullable Instant expiresAt) {
  private static final String STATE_PREFIX = "JOB_STATE_";

  static Job of(io.kiroku.proto.job.v1.Job job) {
    String state = job.getState().name();
    return new Job(
        job.getJobId(),
        job.getKind(),
        state.startsWith(STATE_PREFIX) ? state.substring(STATE_PREFIX.length()) : state,
        job.getProgress(),
        List.copyOf(job.getDoneList()),
        List.copyOf(job.getPendingList()),
        Wire.text(job.getSubjectId()),
        Wire.text(job.getConsistencyToken()),
        Wire.text(job.getErrorCode()),
        job.getSequence(),
        Wire.instant(job.getIssuedAt()),
        Wire.instant(job.getCompletedAt()),
        Wire.instant(job.getExpiresAt()));
  }
}
