package io.kiroku.job.store;

import java.util.List;

/// Where a job lives in Redis.
///
/// @param job hash
/// @param events stream of the job's own events, ids `<sequence>-0`
/// @param outbox stream of its shard's events that Kafka does not have yet
record JobKeys(String job, String events, String outbox) {

  static JobKeys of(String jobId) {
    int shard = Shards.of(jobId);
    // What stands in braces decides the node:
    // https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags
    String job = "{job-" + shard + "}:job:" + jobId;
    return new JobKeys(job, job + ":events", Shards.outbox(shard));
  }

  List<String> all() {
    return List.of(job, events, outbox);
  }
}
