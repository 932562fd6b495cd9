package io.kiroku.job.store;

/// Over how many outboxes the jobs are spread. Part of the stored format: never change the count.
public final class Shards {
  public static final int COUNT = 16;

  private Shards() {}

  static int of(String jobId) {
    // The hash of a String is specified, hence the same in every process.
    return Math.floorMod(jobId.hashCode(), COUNT);
  }

  /// Key of a shard's outbox.
  public static String outbox(int shard) {
    return "{job-" + shard + "}:outbox";
  }
}
