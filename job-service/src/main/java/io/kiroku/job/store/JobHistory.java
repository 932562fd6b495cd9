package io.kiroku.job.store;

import io.kiroku.proto.job.v1.Job;
import io.kiroku.proto.job.v1.JobProgress;
import java.util.List;

/// A job and what happened to it, oldest first.
public record JobHistory(Job job, List<JobProgress> events) {
  public JobHistory {
    events = List.copyOf(events);
  }
}
