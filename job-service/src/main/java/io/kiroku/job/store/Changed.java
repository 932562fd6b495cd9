package io.kiroku.job.store;

import io.kiroku.proto.job.v1.Job;

/// @param job as it is now; without content if there is none
public record Changed(Outcome outcome, Job job) {}
