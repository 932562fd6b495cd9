package io.kiroku.ws.protocol;

import com.google.protobuf.Timestamp;
import io.kiroku.proto.job.v1.Job;
import io.kiroku.proto.job.v1.JobEvent;
import io.kiroku.proto.job.v1.JobProgress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One event of a job, from wherever it was learnt.
///
/// @param state `RUNNING`, say
/// @param traceId empty if unknown
public record JobNews(
    String jobId,
    long sequence,
    String state,
    int progress,
    String action,
    String step,
    String code,
    String consistencyToken,
    String traceId,
    Timestamp occurredAt) {

  /// As Kafka tells it.
  public static JobNews of(JobEvent event, @Nullable String traceparent) {
    return new JobNews(
        event.getJobId(),
        event.getSequence(),
        event.getState(),
        event.getProgress(),
        event.getAction(),
        event.getStep(),
        event.getCode(),
        event.getConsistencyToken(),
        traceId(traceparent),
        event.getOccurredAt());
  }

  /// As job-service lists them.
  public static List<JobNews> of(Job job, List<JobProgress> events) {
    return events.stream().map(event -> of(job, event)).toList();
  }

  /// The job ended, well or not; it may still come back if a finished order is cancelled.
  public boolean isFinal() {
    return isFinal(state);
  }

  public static boolean isFinal(String state) {
    return state.equals("SUCCEEDED") || state.equals("FAILED");
  }

  private static JobNews of(Job job, JobProgress event) {
    String state = ServerMessages.state(event.getState().name());
    // The job keeps the token of its end; the events of its history do not.
    boolean last = event.getSequence() == job.getSequence() && isFinal(state);
    return new JobNews(
        job.getJobId(),
        event.getSequence(),
        state,
        event.getProgress(),
        event.getAction(),
        event.getStep(),
        event.getCode(),
        last ? job.getConsistencyToken() : "",
        traceId(event.getTraceparent()),
        event.getOccurredAt());
  }

  // https://www.w3.org/TR/trace-context/#traceparent-header-field-values:
  // version-traceid-spanid-flags
  private static String traceId(@Nullable String traceparent) {
    return traceparent != null && traceparent.length() >= 35 ? traceparent.substring(3, 35) : "";
  }
}
