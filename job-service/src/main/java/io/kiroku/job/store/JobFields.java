package io.kiroku.job.store;

import com.google.protobuf.Timestamp;
import io.kiroku.proto.job.v1.Job;
import io.kiroku.proto.job.v1.JobProgress;
import io.kiroku.proto.job.v1.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads what `change-job.lua` wrote. A field that is missing or empty reads as the message's
/// default.
final class JobFields {
  private final Map<String, String> fields;

  JobFields(Map<String, String> fields) {
    this.fields = fields;
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }

  Job job(String jobId) {
    List<String> done = names("done");
    Job.Builder job =
        Job.newBuilder()
            .setJobId(jobId)
            .setKind(text("kind"))
            .setUserId(text("user"))
            .setState(state())
            .setProgress((int) number("progress"))
            .addAllDone(done)
            .addAllPending(pending(done))
            .setSubjectId(text("subject"))
            .setConsistencyToken(text("token"))
            .setErrorCode(text("code"))
            .setSequence(number("sequence"))
            .setExpiresAt(time("expires_at"));
    if (fields.containsKey("issued_at")) {
      job.setIssuedAt(time("issued_at"));
    }
    if (fields.containsKey("completed_at")) {
      job.setCompletedAt(time("completed_at"));
    }
    return job.build();
  }

  JobProgress event() {
    return JobProgress.newBuilder()
        .setSequence(number("sequence"))
        .setState(state())
        .setProgress((int) number("progress"))
        .setAction(text("action"))
        .setStep(text("step"))
        .setCode(text("code"))
        .setOccurredAt(time("at"))
        .setTraceparent(text("traceparent"))
        .build();
  }

  /// What is still to be done; nothing once the work has ended or goes back.
  private List<String> pending(List<String> done) {
    if (state() != JobState.JOB_STATE_RUNNING && state() != JobState.JOB_STATE_STUCK) {
      return List.of();
    }
    List<String> pending = new ArrayList<>(names("steps"));
    pending.removeAll(done);
    return pending;
  }

  private JobState state() {
    return text("state").isEmpty()
        ? JobState.JOB_STATE_UNSPECIFIED
        : JobState.valueOf("JOB_STATE_" + text("state"));
  }

  private List<String> names(String name) {
    return text(name).isEmpty() ? List.of() : List.of(text(name).split(",", -1));
  }

  private String text(String name) {
    return fields.getOrDefault(name, "");
  }

  private long number(String name) {
    return text(name).isEmpty() ? 0 : Long.parseLong(text(name));
  }

  private Timestamp time(String name) {
    return Times.timestamp(number(name));
  }
}
